package dev.normforge.comparison.score;

import dev.normforge.comparison.Cell;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.ComparisonSpec;

/** What a grid may vary besides layer and anchor, outermost column first. */
public enum Dimension {
    BATCH("batch"),
    NORMALIZATION_BATCH("normalization batch"),
    WEIGHT_STANDARDIZATION(
            "weight standardization"),
    STATISTICS(
            "statistics"),
    ORDER("batch order"),
    CORRUPTION("images"),
    ADAPTED("adaptation");

    private final String title;

    Dimension(String title) {
        this.title = title;
    }

    /** What stands beside its values. */
    public String title() {
        return title;
    }

    /** Its value in a cell, short enough for the head of a column. */
    public String value(Cell cell) {
        return switch (this) {
            case BATCH -> Integer.toString(cell.batch());
            case NORMALIZATION_BATCH -> Integer.toString(cell.normalizationBatch());
            case WEIGHT_STANDARDIZATION -> cell.weightStandardization();
            case STATISTICS -> cell.statistics();
            case ORDER -> cell.order() == BatchOrder.BY_CLASS ? "by class" : "shuffled";
            case CORRUPTION -> cell.corruption().equals(ComparisonSpec.Grid.NONE) ? "clean" : cell.corruption();
            case ADAPTED -> cell.adapted() ? "adapted" : "not adapted";
        };
    }

    /** A value as it stands in a sentence. */
    public String words(String value) {
        return switch (this) {
            case BATCH, NORMALIZATION_BATCH, STATISTICS -> title + " " + value;
            case WEIGHT_STANDARDIZATION ->
                value.equals(ComparisonSpec.Grid.OFF) ? "no weight standardization" : title + " " + value;
            case ORDER -> value.equals("shuffled") ? "shuffled batches" : "batches by class";
            case CORRUPTION -> value + " images";
            case ADAPTED -> value;
        };
    }
}
