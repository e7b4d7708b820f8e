package dev.normforge.comparison;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.Grid;
import java.util.HashSet;
import java.util.List;

/** What no grid may combine: refused before anything is trained, with the reason. */
final class WrongCombinations {

    /** Most numbers of a table, with all seeds. */
    private static final int MOST_CELL_RUNS = 100_000;
    /** As many readings as one training may have. */
    private static final int MOST_LOOKS = 190;
    private static final double MOST_RATE = 100;
    private static final int TEST_IMAGES = 10_000;

    private final ComparisonSpec spec;
    private final Grid grid;
    private final List<PlannedLayer> layers;

    private WrongCombinations(ComparisonSpec spec, List<PlannedLayer> layers) {
        this.spec = spec;
        this.grid = spec.grid();
        this.layers = layers;
    }

    /** @throws IllegalArgumentException naming field, value, expectation and reason */
    static void refuse(ComparisonSpec spec, List<PlannedLayer> layers) {
        var all = new WrongCombinations(spec, layers);
        all.size();
        all.batches();
        all.normalizationBatches();
        all.statistics();
        all.adaptation();
        all.restoring();
    }

    private void size() {
        int looks = Look.corruptions(spec).size() * (grid.adapt() ? 2 : 1);
        double statistics = Condition.statistics(spec).size();
        double cells = statistics * looks * layers.size() * spec.proxy().anchors().size() * spec.seeds()
                * Condition.batches(spec).size() * Math.max(1, grid.normalizationBatches().size())
                * Math.max(1, grid.weightStandardization().size()) * Condition.orders(spec).size();
        Refusal.unless(cells <= MOST_CELL_RUNS, "grid", "%.0f cells with all seeds".formatted(cells),
                "at most %d: fewer layers, conditions or seeds".formatted(MOST_CELL_RUNS));
        Refusal.unless(statistics * looks <= MOST_LOOKS, "grid.statistics",
                "%.0f with %d corruptions and adaptations".formatted(statistics, looks),
                "at most %d in all: they are read from one training".formatted(MOST_LOOKS));
        Refusal.unless(spec.firstSeed() <= Long.MAX_VALUE - spec.seeds(), "firstSeed", spec.firstSeed(),
                "room for %d seeds above it".formatted(spec.seeds()));
    }

    private void batches() {
        for (int batch : Condition.batches(spec)) {
            Refusal.unless(batch <= spec.proxy().data().train(), "grid.batches", batch,
                    "at most the %d training images".formatted(spec.proxy().data().train()));
            var one = new Condition(batch, batch, Grid.OFF, null, spec.proxy().statistics(), BatchOrder.SHUFFLED);
            Refusal.unless(one.rate(spec) <= MOST_RATE, "grid.batches", batch,
                    "one at which the learning rate, in proportion, is at most 100, not %s".formatted(one.rate(spec)));
            Refusal.unless(spec.evaluations() <= one.steps(spec), "evaluations", spec.evaluations(),
                    "at most %d: with batch %d there are no more steps".formatted(one.steps(spec), batch));
        }
    }

    private void normalizationBatches() {
        boolean gridded = !grid.normalizationBatches().isEmpty();
        var own = spec.proxy().normalizationBatch();
        var field = gridded ? "grid.normalizationBatches" : "proxy.normalizationBatch";
        for (int normalized : gridded ? grid.normalizationBatches() : own == null ? List.<Integer>of() : List.of(own)) {
            for (int batch : Condition.batches(spec)) {
                Refusal.unless(normalized <= batch, field, normalized,
                        "at most each batch: batch %d has no %d images to see together".formatted(batch, normalized));
                Refusal.unless(batch % normalized == 0, field, normalized,
                        "a divisor of each batch: batch %d cannot be cut into parts of %d".formatted(batch,
                                normalized));
            }
        }
        Refusal.unless(!gridded || layers.stream().anyMatch(PlannedLayer::seesTheBatch), "grid.normalizationBatches",
                grid.normalizationBatches(), "none: no layer uses statistics over the batch (%s)".formatted(labels()));
    }

    private void statistics() {
        var all = Condition.statistics(spec);
        var labels = new HashSet<String>();
        for (var one : all) {
            Refusal.unless(labels.add(one.label()), statisticsField(), one,
                    "one that is not called %s like another: tables could not tell them apart".formatted(one.label()));
        }
        boolean varied = grid.statistics().size() > 1 || all.stream().anyMatch(BatchStatistics::changesTraining);
        Refusal.unless(!varied || taken(), statisticsField(), all.stream().map(BatchStatistics::label).toList(),
                "one that changes no training: no layer takes statistics over the batch from there (%s)".formatted(
                        labels()));
    }

    private String statisticsField() {
        return grid.statistics().isEmpty() ? "proxy.statistics" : "grid.statistics";
    }

    private boolean taken() {
        return layers.stream().anyMatch(PlannedLayer::takesStatistics);
    }

    private void adaptation() {
        if (!grid.adapt()) {
            return;
        }
        Refusal.unless(Look.corruptions(spec).stream().anyMatch(name -> !name.equals(Grid.NONE)), "grid.adapt", true,
                "false: without grid.corruptions there are no other images to measure statistics on");
        var precise = Condition.statistics(spec).stream().filter(BatchStatistics.Precise.class::isInstance)
                .map(BatchStatistics.Precise.class::cast).toList();
        Refusal.unless(!precise.isEmpty(), "grid.adapt", true,
                "false: only precise statistics can be measured on other images, and %s has none".formatted(
                        statisticsField()));
        Refusal.unless(taken(), "grid.adapt", true,
                "false: no layer takes statistics over the batch from there (%s)".formatted(labels()));
        for (var one : precise) {
            Refusal.unless(one.images() <= scored(), statisticsField() + ".images", one.images(),
                    "at most the %d scored images, since grid.adapt is true".formatted(scored()));
        }
    }

    private int scored() {
        var data = spec.proxy().data();
        return switch (spec.scoredOn()) {
            case SEARCH -> data.search();
            case CONFIRM, CONFIRM_AND_TEST -> data.confirm();
            case TEST -> TEST_IMAGES;
        };
    }

    /** Where images are restored there are no classes to sort by, and what is restored is a corruption of its own. */
    private void restoring() {
        var restoring = spec.proxy().anchors().stream().filter(anchor -> anchor.family().restores())
                .map(AnchorSpec::name).toList();
        if (restoring.isEmpty()) {
            return;
        }
        var why = "since %s puts out images".formatted(Refusal.names(restoring));
        Refusal.unless(!Condition.orders(spec).contains(BatchOrder.BY_CLASS),
                grid.orders().isEmpty() ? "proxy.batchOrder" : "grid.orders", Condition.orders(spec),
                "SHUFFLED alone, %s and knows no classes".formatted(why));
        Refusal.unless(Look.corruptions(spec).stream().allMatch(Grid.NONE::equals), "grid.corruptions",
                Look.corruptions(spec), "none, %s: what it restores is changed already".formatted(why));
        Refusal.unless(!spec.threeCurves(), "threeCurves", true, "false, %s: the curves are accuracies".formatted(why));
        for (var anchor : spec.proxy().anchors()) {
            int halvings = anchor.stages().size() - 1;
            Refusal.unless(!anchor.family().restores() || spec.proxy().data().crop() >> halvings > 0,
                    "proxy.data.crop", spec.proxy().data().crop(),
                    "at least %d, since %s halves its maps %d times".formatted(1 << halvings, anchor.name(), halvings));
        }
    }

    private String labels() {
        return Refusal.names(layers.stream().map(PlannedLayer::label).toList());
    }
}
