package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Interpreter;
import dev.normforge.worker.engine.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An input of a slot, to be run on the engine.
 *
 * @param x in the order of (N, C, H, W), as {@code upstream}, the gradient of the output
 * @param parameters the slot's, in order
 */
record SlotRun(Interpreter.Shape shape, double[] x, List<double[]> parameters, double[] upstream) {

    /** How the engine computes. */
    record Way(DataType type, boolean channelsLast) {

        static final List<Way> ALL = List.of(new Way(DataType.FLOAT32, true), new Way(DataType.FLOAT32, false),
                new Way(DataType.FLOAT64, true), new Way(DataType.FLOAT64, false));

        double tolerance() {
            return type == DataType.FLOAT32 ? 1e-4 : 1e-10;
        }
    }

    /** @param gradients of x, then of each parameter */
    record Result(double[] output, List<double[]> gradients) {

        /** The largest distance of a part from another run's, in lengths of that other part, or of 1 where it is shorter. */
        double distance(Result other) {
            double largest = distance(output, other.output);
            for (int i = 0; i < gradients.size(); i++) {
                double distance = distance(gradients.get(i), other.gradients.get(i));
                largest = distance <= largest ? largest : distance; // no number is far away
            }
            return largest;
        }

        static double distance(double[] a, double[] b) {
            double off = 0;
            double length = 0;
            for (int i = 0; i < b.length; i++) {
                off += (a[i] - b[i]) * (a[i] - b[i]);
                length += b[i] * b[i];
            }
            return Math.sqrt(off) / Math.max(1, Math.sqrt(length));
        }
    }

    Result on(Way way, Function<Constants, Slot> slots, BatchMoments moments) {
        try (var scope = Comparison.TORCH.newScope(); var step = scope.newSubManager()) {
            var constants = new Constants(scope, way.type());
            var slot = slots.apply(constants);
            var images = new Shape(shape.n(), shape.c(), shape.h(), shape.w());
            var input = constants.create(step, x, images);
            if (way.channelsLast()) {
                input = input.transpose(0, 2, 3, 1).reshape(-1).reshape(shape.n(), shape.h(), shape.w(), shape.c());
            }
            input.setRequiresGradient(true);
            var leaves = new ArrayList<NDArray>();
            for (int i = 0; i < parameters.size(); i++) {
                leaves.add(leaf(step, constants, parameters.get(i), slot.parameters().get(i).shape()));
            }
            var output = slot.forward(way.channelsLast() ? input.transpose(0, 3, 1, 2) : input, leaves, moments);
            Comparison.TORCH.backward(output.mul(constants.create(step, upstream, images)).sum(), constants.of(1));
            var gradients = new ArrayList<double[]>();
            var ofInput = input.getGradient();
            gradients.add(constants.read(way.channelsLast() ? ofInput.transpose(0, 3, 1, 2) : ofInput));
            leaves.forEach(leaf -> gradients.add(constants.read(leaf.getGradient())));
            return new Result(constants.read(output), gradients);
        }
    }

    private static NDArray leaf(NDManager step, Constants constants, double[] values, Shape shape) {
        var array = constants.create(step, values, shape);
        array.setRequiresGradient(true);
        return array;
    }
}
