package dev.normforge.comparison;

import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Expectation;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.ComparisonSpec.Grid.RateScaling;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Specifications for tests: the smoke preset's task (10 steps of 16 images, two anchors) and a grid, axis by axis. */
public record Grids(List<ComparedLayer> layers, ProxySpec proxy, Grid grid, int seeds, int evaluations,
        boolean threeCurves,
        @Nullable Double minutes, List<Expectation> expectations) {

    public static final BatchStatistics MOVING = new BatchStatistics.Moving(0.9);
    public static final BatchStatistics PRECISE = new BatchStatistics.Precise(64);
    public static final BatchStatistics TEST_BATCH = new BatchStatistics.OfTheTestBatch();
    public static final BatchStatistics FROZEN = new BatchStatistics.Frozen(0.2, 64);
    public static final BatchStatistics ESTIMATED = new BatchStatistics.Estimated(0.1);

    public static Grids of(String... layers) {
        return of(Stream.of(layers).map(name -> (ComparedLayer) new ComparedLayer.Named(name)).toList());
    }

    public static Grids of(List<ComparedLayer> layers) {
        return new Grids(layers, Presets.read("smoke").proxy(), new Grid(List.of(), RateScaling.LINEAR, List.of(),
                List.of(), List.of(), List.of(), List.of(), false), 1, 0, false, null, List.of());
    }

    public ComparisonSpec spec() {
        return new ComparisonSpec("custom", layers, proxy, grid, seeds, 1, ScoredOn.SEARCH, evaluations, threeCurves,
                minutes, expectations);
    }

    public ComparisonPlan plan() {
        return ComparisonPlan.of(spec());
    }

    public Grids batches(Integer... batches) {
        return grid(new Grid(List.of(batches), grid.rate(), grid.normalizationBatches(), grid.weightStandardization(),
                grid.statistics(), grid.orders(), grid.corruptions(), grid.adapt()));
    }

    public Grids rate(RateScaling rate) {
        return grid(new Grid(grid.batches(), rate, grid.normalizationBatches(), grid.weightStandardization(),
                grid.statistics(), grid.orders(), grid.corruptions(), grid.adapt()));
    }

    public Grids normalized(Integer... images) {
        return grid(new Grid(grid.batches(), grid.rate(), List.of(images), grid.weightStandardization(),
                grid.statistics(), grid.orders(), grid.corruptions(), grid.adapt()));
    }

    public Grids weights(String... names) {
        return grid(new Grid(grid.batches(), grid.rate(), grid.normalizationBatches(), List.of(names),
                grid.statistics(), grid.orders(), grid.corruptions(), grid.adapt()));
    }

    public Grids statistics(BatchStatistics... statistics) {
        return grid(new Grid(grid.batches(), grid.rate(), grid.normalizationBatches(), grid.weightStandardization(),
                List.of(statistics), grid.orders(), grid.corruptions(), grid.adapt()));
    }

    public Grids orders(BatchOrder... orders) {
        return grid(new Grid(grid.batches(), grid.rate(), grid.normalizationBatches(), grid.weightStandardization(),
                grid.statistics(), List.of(orders), grid.corruptions(), grid.adapt()));
    }

    public Grids corruptions(String... names) {
        return grid(new Grid(grid.batches(), grid.rate(), grid.normalizationBatches(), grid.weightStandardization(),
                grid.statistics(), grid.orders(), List.of(names), grid.adapt()));
    }

    public Grids adapting() {
        return grid(new Grid(grid.batches(), grid.rate(), grid.normalizationBatches(), grid.weightStandardization(),
                grid.statistics(), grid.orders(), grid.corruptions(), true));
    }

    private Grids grid(Grid other) {
        return new Grids(layers, proxy, other, seeds, evaluations, threeCurves, minutes, expectations);
    }

    public Grids seeds(int count) {
        return new Grids(layers, proxy, grid, count, evaluations, threeCurves, minutes, expectations);
    }

    public Grids evaluations(int count) {
        return new Grids(layers, proxy, grid, seeds, count, threeCurves, minutes, expectations);
    }

    public Grids curves() {
        return new Grids(layers, proxy, grid, seeds, evaluations, true, minutes, expectations);
    }

    public Grids minutes(double limit) {
        return new Grids(layers, proxy, grid, seeds, evaluations, threeCurves, limit, expectations);
    }

    public Grids proxy(UnaryOperator<ProxySpec> change) {
        return new Grids(layers, change.apply(proxy), grid, seeds, evaluations, threeCurves, minutes, expectations);
    }

    public Grids expecting(Expectation.Part... parts) {
        return new Grids(layers, proxy, grid, seeds, evaluations, threeCurves, minutes,
                List.of(new Expectation("something published", List.of(parts))));
    }
}
