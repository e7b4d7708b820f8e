package dev.normforge.export;

import dev.normforge.graph.Moment;

/** JAX inside the function {@code formula} of a generated file. */
final class FlaxNotation extends ArrayNotation {

    FlaxNotation(LearnedVectors vectors, RunningStatistics running) {
        super("jnp", vectors, running);
    }

    /** As Flax calls it: {@code running_var} of PyTorch is {@code var}. */
    static String name(RunningStatistics.Buffer buffer) {
        return buffer.name().substring("running_".length());
    }

    @Override
    String epsilon() {
        return "epsilon";
    }

    @Override
    String sigmoid(String a) {
        return "jax.nn.sigmoid(%s)".formatted(a);
    }

    @Override
    String space() {
        return "(1, 2)";
    }

    @Override
    String groupSize() {
        return "size";
    }

    /** JAX halves the gradient at a tie itself. */
    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return of("maximum", a + ", " + b);
    }

    @Override
    String batch(Moment moment, String a, RunningStatistics.Buffer buffer) {
        called().add("batchMean");
        var function = switch (moment) {
            case MEAN -> "_batch_mean";
            case ROOT_MEAN_SQUARE -> {
                called().add("batchMs");
                yield "_batch_ms";
            }
            case DEVIATION -> {
                called().add("batchVar");
                yield "_batch_var";
            }
        };
        return "batch(\"%s\", %s, %s)".formatted(name(buffer), function, a);
    }
}
