package dev.normforge.comparison;

import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.Training;
import dev.normforge.protocol.WeightStandardization;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One combination of what is varied for every layer and anchor.
 *
 * @param batch images of a step
 * @param normalized images that a layer sees together, a divisor of the batch or the batch itself
 * @param weights name of {@code standardization}, {@code off} for none
 */
record Condition(int batch, int normalized, String weights, @Nullable WeightStandardization standardization,
        BatchStatistics statistics, BatchOrder order) {

    /** What a standardization of the proxy's own is called that nobody has published. */
    private static final String CUSTOM = "custom";

    /** All of them, in the order of the grid; where an axis is empty, the proxy's own value. */
    static List<Condition> all(ComparisonSpec spec) {
        var all = new ArrayList<Condition>();
        for (int batch : batches(spec)) {
            for (int normalized : normalized(spec, batch)) {
                for (var weights : weights(spec)) {
                    for (var statistics : statistics(spec)) {
                        for (var order : orders(spec)) {
                            all.add(new Condition(batch, normalized, weights, standardization(spec, weights),
                                    statistics, order));
                        }
                    }
                }
            }
        }
        return all;
    }

    static List<Integer> batches(ComparisonSpec spec) {
        return spec.grid().batches().isEmpty() ? List.of(spec.proxy().training().batch()) : spec.grid().batches();
    }

    private static List<Integer> normalized(ComparisonSpec spec, int batch) {
        var own = spec.proxy().normalizationBatch();
        return spec.grid().normalizationBatches().isEmpty()
                ? List.of(own == null ? batch : own)
                : spec.grid().normalizationBatches();
    }

    private static List<String> weights(ComparisonSpec spec) {
        return spec.grid().weightStandardization().isEmpty()
                ? List.of(name(spec.proxy().weightStandardization()))
                : spec.grid().weightStandardization();
    }

    private static String name(@Nullable WeightStandardization own) {
        if (own == null) {
            return Grid.OFF;
        }
        return WeightStandardization.names().stream()
                .filter(name -> own.equals(WeightStandardization.find(name).orElseThrow())).findFirst().orElse(CUSTOM);
    }

    private static @Nullable WeightStandardization standardization(ComparisonSpec spec, String name) {
        return spec.grid().weightStandardization().isEmpty()
                ? spec.proxy().weightStandardization()
                : WeightStandardization.find(name).orElse(null);
    }

    static List<BatchStatistics> statistics(ComparisonSpec spec) {
        return spec.grid().statistics().isEmpty() ? List.of(spec.proxy().statistics()) : spec.grid().statistics();
    }

    static List<BatchOrder> orders(ComparisonSpec spec) {
        if (!spec.grid().orders().isEmpty()) {
            return spec.grid().orders();
        }
        return List.of(spec.proxy().ordersByClass() ? BatchOrder.BY_CLASS : BatchOrder.SHUFFLED);
    }

    /**
     * The task of a training under it: as many images are seen as by the proxy's own batch, and as many of them while the
     * learning rate rises, so that both have fewer steps the larger the batch is.
     */
    ProxySpec proxy(ComparisonSpec spec) {
        var proxy = spec.proxy();
        var own = proxy.training();
        int steps = steps(spec);
        int warmup = (int) Math.min(steps, Math.ceilDiv((long) own.warmup() * own.batch(), batch));
        var training = new Training(steps, batch, rate(spec), own.momentum(), own.weightDecay(),
                warmup, own.schedule());
        return proxy.withNormalizationBatch(null).withTraining(training)
                .withNormalizationBatch(normalized == batch ? null : (Integer) normalized)
                .withWeightStandardization(standardization).withStatistics(statistics)
                .withBatchOrder(order == BatchOrder.SHUFFLED ? null : order);
    }

    /** For as many images as the proxy's own training sees. */
    int steps(ComparisonSpec spec) {
        var own = spec.proxy().training();
        return Math.toIntExact(Math.ceilDiv((long) own.steps() * own.batch(), batch));
    }

    double rate(ComparisonSpec spec) {
        var own = spec.proxy().training();
        return switch (spec.grid().rate()) {
            case LINEAR -> own.learningRate() * ((double) batch / own.batch());
            case CONSTANT -> own.learningRate();
        };
    }
}
