package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonPlan.Curves;
import dev.normforge.comparison.ComparisonPlan.PlannedCell;
import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.Observation.Reading.Source;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan in the making: cells in the order of the grid, each in the training that others like it share. */
final class Planning {

    /** Most trainings with all their seeds. */
    static final int MOST_RUNS = 20_000;
    private static final String TRAIN = "training-images";
    private static final BatchStatistics OF_THE_BATCH = new BatchStatistics.OfTheTestBatch();

    private final ComparisonSpec spec;
    private final Map<Key, Draft> drafts = new LinkedHashMap<>();
    private final List<PlannedCell> cells = new ArrayList<>();

    Planning(ComparisonSpec spec) {
        this.spec = spec;
    }

    /**
     * What makes two trainings different.
     *
     * @param normalized 0 where the layer does not feel it
     * @param statistics null where they do not change the training
     */
    private record Key(String layer, String anchor, int batch, int normalized, String weights,
            @Nullable BatchStatistics statistics, BatchOrder order) {
    }

    /** A training in the making, with the readings that its cells have asked for. */
    private record Draft(int number, String label, SlotLayer layer, ProxySpec proxy, Map<String, Reading> readings) {

        /** @return its name */
        String read(Reading reading) {
            readings.putIfAbsent(reading.name(), reading);
            return reading.name();
        }

        PlannedTraining planned(int evaluations) {
            return new PlannedTraining(number, label, layer, proxy,
                    new Observation(List.copyOf(readings.values()), evaluations));
        }
    }

    ComparisonPlan plan(List<PlannedLayer> layers) {
        var conditions = Condition.all(spec);
        for (var layer : layers) {
            for (var anchor : spec.proxy().anchors()) {
                conditions.forEach(condition -> cells(layer, anchor, condition));
            }
        }
        long runs = (long) drafts.size() * spec.seeds();
        Refusal.unless(runs <= MOST_RUNS, "grid", "%d trainings with %d seeds".formatted(drafts.size(), spec.seeds()),
                "at most %d runs: fewer layers, conditions or seeds".formatted(MOST_RUNS));
        return new ComparisonPlan(spec,
                drafts.values().stream().map(draft -> draft.planned(spec.evaluations())).toList(), cells);
    }

    private void cells(PlannedLayer layer, AnchorSpec anchor, Condition condition) {
        var draft = drafts.computeIfAbsent(key(layer, anchor, condition), _ -> draft(layer, anchor, condition));
        for (var look : Look.all(spec, condition.statistics())) {
            var cell = new Cell(layer.label(), anchor.name(), condition.batch(), condition.normalized(),
                    condition.weights(), condition.statistics().label(), condition.order(), look.corruptionLabel(),
                    look.adapted());
            var reading = reading(draft, layer, condition.statistics(), look);
            cells.add(new PlannedCell(cell, draft.number(), reading, curves(draft, layer, look, reading)));
        }
    }

    private static Key key(PlannedLayer layer, AnchorSpec anchor, Condition condition) {
        var statistics = layer.takesStatistics() && condition.statistics().changesTraining()
                ? condition.statistics()
                : null;
        return new Key(layer.meaning(), anchor.name(), condition.batch(),
                layer.feelsNormalization(condition.order()) ? condition.normalized() : 0, condition.weights(),
                statistics, condition.order());
    }

    private Draft draft(PlannedLayer layer, AnchorSpec anchor, Condition condition) {
        var proxy = condition.proxy(spec).withAnchors(List.of(anchor)).withNumerics(layer.numerics());
        if (!layer.feelsNormalization(condition.order())) {
            proxy = proxy.withNormalizationBatch(null);
        }
        if (!layer.takesStatistics()) {
            proxy = proxy.withStatistics(OF_THE_BATCH);
        }
        return new Draft(drafts.size() + 1, layer.label(), layer.layer(), proxy, new LinkedHashMap<>());
    }

    /** Where a cell is read: the score itself where it would be the same. */
    private static @Nullable String reading(Draft draft, PlannedLayer layer, BatchStatistics statistics, Look look) {
        boolean scored = !layer.takesStatistics() || statistics.equals(draft.proxy().statistics());
        boolean adapted = look.adapted() && layer.takesStatistics();
        var corruption = look.corruption();
        if (scored && corruption == null) {
            return null;
        }
        var parts = new ArrayList<String>();
        if (!scored || adapted) {
            parts.add(statistics.label());
        }
        if (corruption != null) {
            parts.add(corruption.label());
        }
        if (adapted) {
            parts.add("adapted");
        }
        return draft.read(new Reading(String.join("/", parts), Source.SCORED, scored && !adapted ? null : statistics,
                corruption, adapted));
    }

    /** Without statistics over the batch, or with the layer's own, the second curve is the third. */
    private @Nullable Curves curves(Draft draft, PlannedLayer layer, Look look, @Nullable String reading) {
        if (!spec.threeCurves()) {
            return null;
        }
        var train = draft.read(new Reading(TRAIN, Source.TRAIN, layer.takesStatistics() ? OF_THE_BATCH : null, null,
                false));
        return new Curves(train, layer.takesStatistics()
                ? reading(draft, layer, OF_THE_BATCH, new Look(look.corruption(), false))
                : reading);
    }
}
