package dev.normforge.worker.training;

import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.layer.BatchMoments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the population, measured with the weights at rest (PreciseBN): each once a step, in nearly equal batches of at
 * most as many images as training normalizes together.
 */
final class Population {

    private final Model model;
    private final Examples examples;
    private final TrainingStatistics statistics;
    private final int batch;
    private final Map<Measure, List<BatchMoments>> measured = new HashMap<>();
    private int atStep = -1;
    private @Nullable Boolean needed;

    /** What is measured. */
    record Measure(View on, Estimator estimator) {
    }

    /** @param batch images whose statistics a layer sees together */
    Population(Model model, Examples examples, TrainingStatistics statistics, int batch) {
        this.model = model;
        this.examples = examples;
        this.statistics = statistics;
        this.batch = batch;
    }

    /** Whether any slot takes statistics over the batch that are not its own: one image tells. */
    boolean isNeeded() {
        if (needed == null) {
            var watchers = watchers(Estimator.POPULATION);
            look(new View(new Images.Range(0, 1), null), statistics.measuredBy(watchers));
            needed = watchers.stream().anyMatch(PreciseMoments::sawAny);
        }
        return needed;
    }

    /**
     * One for each slot; empty where no slot needs any.
     *
     * @param step steps that training has done
     * @param alive is told of every batch
     */
    List<BatchMoments> at(int step, Measure what, Runnable alive) {
        if (!isNeeded()) {
            return List.of();
        }
        if (atStep != step) {
            measured.clear();
            atStep = step;
        }
        return measured.computeIfAbsent(what, _ -> measure(what, alive));
    }

    private List<BatchMoments> measure(Measure what, Runnable alive) {
        var watchers = watchers(what.estimator());
        var moments = statistics.measuredBy(watchers);
        for (var part : what.on().parts(batch)) {
            look(part, moments);
            alive.run();
        }
        return watchers.stream().map(PreciseMoments::population).toList();
    }

    private void look(View view, List<BatchMoments> moments) {
        model.run(examples.batch(view), moments, _ -> {
        });
    }

    private List<PreciseMoments> watchers(Estimator estimator) {
        return Stream.generate(() -> new PreciseMoments(estimator == Estimator.MEAN_OF_BATCHES))
                .limit(model.network().slots()).toList();
    }
}
