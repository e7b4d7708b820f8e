package dev.normforge.worker.layer;

import dev.normforge.graph.Moment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A training's statistics of one written layer: what the layer observes joins the running ones at once, as published. */
final class TestMoments implements BatchMoments {

    private final PlainLayers.Use use;
    private final double[] mean;
    private final double[] variance;
    /** As the variance's own update sees it. */
    private final double[] meanBefore;

    TestMoments(PlainLayers.Use use, PlainLayers.Running start) {
        this.use = use;
        this.mean = start.mean().clone();
        this.variance = start.variance().clone();
        this.meanBefore = start.mean().clone();
    }

    PlainLayers.Running running() {
        return new PlainLayers.Running(mean.clone(), variance.clone());
    }

    private double[] of(int term, Moment moment) {
        if (term == 0 && moment == Moment.MEAN) {
            return mean;
        }
        if (term == 1 && moment == Moment.DEVIATION) {
            return variance;
        }
        throw new IllegalArgumentException("term %d is a %s".formatted(term, moment));
    }

    @Override
    public double @Nullable [] kept(int term, Moment moment, int length) {
        return use instanceof PlainLayers.Use.Kept ? of(term, moment) : null;
    }

    @Override
    public boolean watching() {
        return use instanceof PlainLayers.Use.Averaged || use instanceof PlainLayers.Use.Estimated;
    }

    @Override
    public double @Nullable [] observe(int term, Moment moment, double[] means, double[] variances, int images,
            int pixels) {
        double[] running = of(term, moment);
        double[] seen = moment == Moment.MEAN ? means : variances.clone();
        return switch (use) {
            case PlainLayers.Use.Averaged(double decay, double _) -> {
                mix(running, decay, seen);
                yield null;
            }
            case PlainLayers.Use.Estimated(double rate) -> {
                if (moment == Moment.DEVIATION) {
                    for (int c = 0; c < seen.length; c++) {
                        seen[c] += (means[c] - meanBefore[c]) * (means[c] - meanBefore[c]);
                    }
                    mix(meanBefore, 1 - rate, means);
                }
                mix(running, 1 - rate, seen);
                yield running.clone();
            }
            case PlainLayers.Use.OfTheBatch(),PlainLayers.Use.Kept() ->
                throw new IllegalStateException("nobody watches the statistics of term " + term);
        };
    }

    private static void mix(double[] running, double decay, double[] seen) {
        Arrays.setAll(running, c -> decay * running[c] + (1 - decay) * seen[c]);
    }

    @Override
    public double @Nullable [] running(int term, Moment moment, int length) {
        return use instanceof PlainLayers.Use.Averaged ? of(term, moment).clone() : null;
    }

    @Override
    public double progress() {
        return use instanceof PlainLayers.Use.Averaged(double _, double progress) ? progress : 1;
    }
}
