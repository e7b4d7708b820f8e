package dev.normforge.comparison;

import dev.normforge.protocol.BatchOrder;

/**
 * One layer under one set of conditions in one anchor.
 *
 * @param layer its label
 * @param anchor its name
 * @param batch images of a step
 * @param normalizationBatch images that a layer sees together
 * @param weightStandardization {@code off} or a variant's name
 * @param statistics label of what stands for batch statistics
 * @param order which images share a batch
 * @param corruption of the scored images: {@code none} or its label
 * @param adapted whether statistics were measured on the scored images themselves
 */
public record Cell(String layer, String anchor, int batch, int normalizationBatch, String weightStandardization,
        String statistics, BatchOrder order, String corruption, boolean adapted) {
}
