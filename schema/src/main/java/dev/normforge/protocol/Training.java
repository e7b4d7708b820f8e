package dev.normforge.protocol;

/**
 * How one anchor is trained: Nesterov SGD from scratch.
 *
 * @param steps optimizer steps
 * @param batch images a step
 * @param learningRate at its peak
 * @param momentum of Nesterov's method
 * @param weightDecay on convolution and linear weights alone, never on a layer's parameters (authors' code)
 * @param warmup steps of linear warm-up, 0 for none
 * @param schedule after warm-up
 */
public record Training(int steps, int batch, double learningRate, double momentum, double weightDecay, int warmup,
        Schedule schedule) {

    /** Learning rate after warm-up: constant, or half a cosine to zero. */
    public enum Schedule {
        CONSTANT, COSINE
    }

    public Training {
        Require.within("proxy.training.steps", steps, 1, 10_000_000);
        Require.within("proxy.training.batch", batch, 1, 8192);
        Require.within("proxy.training.learningRate", learningRate, 1e-9, 100);
        Require.within("proxy.training.momentum", momentum, 0, 0.9999);
        Require.within("proxy.training.weightDecay", weightDecay, 0, 1);
        Require.within("proxy.training.warmup", warmup, 0, steps);
    }

    /** The rate of step {@code step}, counted from 0. */
    public double rate(int step) {
        if (step < warmup) {
            return learningRate * (step + 1) / warmup;
        }
        return switch (schedule) {
            case CONSTANT -> learningRate;
            case COSINE -> learningRate * 0.5 * (1 + Math.cos(Math.PI * (step - warmup) / Math.max(1, steps - warmup)));
        };
    }

    /** The same training with another length; warm-up keeps its share. */
    public Training withSteps(int other) {
        int scaledWarmup = (int) Math.min(other, Math.round((double) warmup * other / steps));
        return new Training(other, batch, learningRate, momentum, weightDecay, scaledWarmup, schedule);
    }
}
