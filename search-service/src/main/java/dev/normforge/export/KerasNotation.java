package dev.normforge.export;

import dev.normforge.graph.Moment;

/** {@code keras.ops} inside the method {@code call} of a generated layer. */
final class KerasNotation extends ArrayNotation {

    KerasNotation(LearnedVectors vectors, RunningStatistics running) {
        super("ops", vectors, running);
    }

    /** As Keras calls it: {@code running_var} of PyTorch is {@code moving_variance}. */
    static String name(RunningStatistics.Buffer buffer) {
        return buffer.name().replace("running_", "moving_").replace("_var", "_variance").replace("_ms", "_mean_square");
    }

    @Override
    String epsilon() {
        return "self.epsilon";
    }

    @Override
    String sigmoid(String a) {
        return of("sigmoid", a);
    }

    @Override
    String space() {
        return "self._space";
    }

    @Override
    String groupSize() {
        return "self._size";
    }

    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return call("maximum", "_maximum", a, b);
    }

    @Override
    String batch(Moment moment, String a, RunningStatistics.Buffer buffer) {
        var moving = "self." + name(buffer);
        return switch (moment) {
            case MEAN -> call("batchMean", "self._batch_mean", a, moving, "training");
            case ROOT_MEAN_SQUARE -> call("batchMs", "self._batch_ms", a, moving, "training");
            case DEVIATION -> call("batchVar", "self._batch_var", a, moving, "training");
        };
    }
}
