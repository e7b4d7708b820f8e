package dev.normforge.comparison;

import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison trains, and where each of its cells is read: a pure function of the specification.
 *
 * @param trainings numbered from 1, in the order of the first cell that reads each; every one is run with every seed
 * @param cells every cell of the grid, in the order of the grid: layer, anchor, batch, normalization batch, weight
 *        standardization, statistics, order, corruption, adapted
 */
public record ComparisonPlan(ComparisonSpec spec, List<PlannedTraining> trainings, List<PlannedCell> cells) {

    /** Version of this code: a comparison that another one planned is left alone. */
    public static final int VERSION = 1;

    /**
     * An order that is made once for each seed.
     *
     * @param label of the first layer that needs it
     * @param proxy with a single anchor
     */
    public record PlannedTraining(int number, String label, SlotLayer layer, ProxySpec proxy,
            Observation observation) {
    }

    /**
     * Where a cell is read.
     *
     * @param training its number
     * @param reading name of the reading; null for the training's score
     * @param curves where the other two of the three curves are read; null where nobody asked for them
     */
    public record PlannedCell(Cell cell, int training, @Nullable String reading, @Nullable Curves curves) {
    }

    /**
     * Readings of the curves with batch statistics.
     *
     * @param training of training images
     * @param heldOut of the images that the cell scores; null for the training's score
     */
    public record Curves(String training, @Nullable String heldOut) {
    }

    public ComparisonPlan {
        trainings = List.copyOf(trainings);
        cells = List.copyOf(cells);
    }

    /**
     * Plans a comparison.
     *
     * @throws IllegalArgumentException for a combination that makes no sense, naming field, value, expectation and reason
     */
    public static ComparisonPlan of(ComparisonSpec spec) {
        var layers = PlannedLayers.of(spec);
        WrongCombinations.refuse(spec, layers);
        var plan = new Planning(spec).plan(layers);
        WrongExpectations.refuse(spec, plan.cells);
        return plan;
    }

    /** Trainings with every seed. */
    public int runs() {
        return trainings.size() * spec.seeds();
    }

    /** The seed of a replicate, from 0: the same for all layers, so that differences are less noisy than scores. */
    public long seed(int replicate) {
        return spec.firstSeed() + replicate;
    }
}
