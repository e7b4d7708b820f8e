package dev.normforge.worker.training;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.BatchMoments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a network in training gets right, under any statistics. Changes nothing. */
final class Counting {

    /** Images at once: in a search, statistics of the test batch are taken over so many. */
    private static final int AT_ONCE = 128;

    private final Setup setup;
    private final Model model;
    private final Constants constants;
    private final TrainingStatistics statistics;
    private final Examples examples;
    private final Population population;

    /**
     * What is counted.
     *
     * @param statistics what stands for batch statistics; null where the layers take none, so that all are alike
     * @param adapted whether statistics of the population are measured on the images that are counted
     */
    record Query(View view, @Nullable BatchStatistics statistics, boolean adapted) {
    }

    Counting(Setup setup, Model model, Constants constants, TrainingStatistics statistics) {
        this.setup = setup;
        this.model = model;
        this.constants = constants;
        this.statistics = statistics;
        this.examples = new Examples(setup.images(), setup.task());
        this.population = new Population(model, examples, statistics, setup.proxy().normalized());
    }

    /** The same question without what makes no difference. */
    Query essence(Query query) {
        var needed = new boolean[1];
        setup.torch().withoutGradients(() -> needed[0] = population.isNeeded());
        return needed[0] ? query : new Query(query.view(), null, false);
    }

    /**
     * @param step steps that training has done
     * @param alive is told of every batch that was looked at
     */
    Tally count(Query query, int step, Runnable alive) {
        var sum = new Tally[1];
        setup.torch().withoutGradients(() -> {
            var moments = moments(query, step, alive);
            for (var part : query.view().parts(imagesAtOnce(query))) {
                var batch = examples.batch(part);
                model.run(batch, moments, output -> {
                    var tally = setup.task().tally(output, batch, setup.images(), constants);
                    sum[0] = sum[0] == null ? tally : sum[0].plus(tally);
                });
                alive.run();
            }
        });
        return sum[0];
    }

    /** Where somebody looks, the test batch is as large as the batches that the layers were trained with. */
    private int imagesAtOnce(Query query) {
        boolean ofTheBatch = query.statistics() instanceof BatchStatistics.OfTheTestBatch;
        return ofTheBatch && setup.observation() != null && population.isNeeded()
                ? setup.proxy().normalized()
                : AT_ONCE;
    }

    private List<BatchMoments> moments(Query query, int step, Runnable alive) {
        return switch (query.statistics()) {
            case null -> indifferent();
            case BatchStatistics.Precise asked -> {
                var on = query.adapted() ? first(query.view(), asked.images()) : trained(asked.images());
                var estimator = asked.averagesBatches() ? Estimator.MEAN_OF_BATCHES : Estimator.POPULATION;
                yield measured(asked, new Population.Measure(on, estimator), step, alive);
            }
            case BatchStatistics.Frozen asked when !statistics.isFrozen() ->
                measured(asked, new Population.Measure(trained(asked.images()), Estimator.POPULATION), step, alive);
            case BatchStatistics asked -> statistics.inEvaluation(asked, List.of());
        };
    }

    private List<BatchMoments> measured(BatchStatistics asked, Population.Measure what, int step, Runnable alive) {
        return population.isNeeded()
                ? statistics.inEvaluation(asked, population.at(step, what, alive))
                : indifferent();
    }

    /** For layers without statistics over the batch, or with their own. */
    private List<BatchMoments> indifferent() {
        return statistics.inEvaluation(new BatchStatistics.OfTheTestBatch(), List.of());
    }

    /** Population statistics take the place of the batch's own if it is time. */
    void freezeIfDue(int step, Runnable alive) {
        if (setup.proxy().statistics() instanceof BatchStatistics.Frozen(var _, var count)
                && statistics.freezesAfter(step)) {
            setup.torch().withoutGradients(() -> statistics.freeze(
                    population.at(step, new Population.Measure(trained(count), Estimator.POPULATION), alive)));
        }
    }

    /** The first of the training images. */
    private View trained(int count) {
        return new View(new Images.Range(0, Math.min(count, setup.proxy().data().train())), null);
    }

    private static View first(View view, int count) {
        return new View(new Images.Range(view.range().from(), Math.min(count, view.range().count())),
                view.corruption());
    }
}
