package dev.normforge.worker.layer;

/**
 * How far Batch Renormalization may correct, which grows during training.
 *
 * <p>The paper trains with rmax = 1 and dmax = 0, that is BatchNorm, for 5,000 steps, then relaxes rmax to 3 at 40,000 and dmax to 5
 * at 25,000. A run here has some hundred steps, so that these are shares of the training, which needs the length of the paper's
 * run: the fact sheet does not have it. 100,000 steps are assumed, the round number of that order.
 *
 * @param r rmax, at least 1
 * @param d dmax, at least 0
 */
record RenormLimits(double r, double d) {

    private static final double ASSUMED_STEPS = 100_000;
    private static final double RELAXING = 5_000 / ASSUMED_STEPS;
    private static final double D_RELAXED = 25_000 / ASSUMED_STEPS;
    private static final double R_RELAXED = 40_000 / ASSUMED_STEPS;
    private static final double LAST_R = 3;
    private static final double LAST_D = 5;

    /**
     * Limits that grow evenly, our reading of "relaxed".
     *
     * @param progress share of the training that is done
     */
    static RenormLimits at(double progress) {
        return new RenormLimits(1 + (LAST_R - 1) * share(progress, R_RELAXED), LAST_D * share(progress, D_RELAXED));
    }

    private static double share(double progress, double relaxed) {
        return Math.clamp((progress - RELAXING) / (relaxed - RELAXING), 0, 1);
    }
}
