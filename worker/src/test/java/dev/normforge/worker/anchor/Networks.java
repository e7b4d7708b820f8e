package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.BatchMoments;
import dev.normforge.worker.layer.GraphLayer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Networks on a few random images. */
final class Networks {

    static final Numerics NUMERICS = new Numerics(4, 1e-5);
    static final List<AnchorSpec> TRANSFER = TransferAnchors.names().stream().map(TransferAnchors::read).toList();
    static final List<AnchorSpec> ALL = Stream
            .concat(Presets.read("laptop").proxy().anchors().stream(), TRANSFER.stream()).toList();
    private static final Torch TORCH = Torch.start();
    private static final int IMAGES = 3;

    private Networks() {
    }

    /** A network, the layer in its slots, and the images that it sees. */
    record Trial(AnchorSpec spec, @Nullable WeightStandardization standardization, String layer, Layout layout,
            DataType type, int side) {

        Trial(AnchorSpec spec, String layer, Layout layout, DataType type, int side) {
            this(spec, null, layer, layout, type, side);
        }

        private Network build(Constants constants) {
            Phenotype phenotype = new Simplifier(NUMERICS).simplify(NamedLayers.find(layer).orElseThrow());
            return Anchors.build(spec, standardization,
                    channels -> new GraphLayer(phenotype, channels, NUMERICS, constants), constants, layout, side);
        }

        Network network() {
            try (var scope = TORCH.newScope()) {
                return build(new Constants(scope, type));
            }
        }

        /** What it makes of the images, with its start values changed. */
        Result run(UnaryOperator<double[]> change) {
            try (var scope = TORCH.newScope(); var step = scope.newSubManager()) {
                var constants = new Constants(scope, type);
                var network = build(constants);
                var table = network.table();
                double[] start = change.apply(doubles(table.start(1)));
                var vector = constants.create(step, start, new Shape(start.length));
                vector.setRequiresGradient(true);
                var moments = Collections.nCopies(network.slots(), BatchMoments.OF_BATCH);
                var output = network.forward(images(step, constants), new Pass(table.cut(vector, step), moments));
                var weights = constants.create(step, normal(output.getShape().size(), 3), output.getShape());
                TORCH.backward(output.mul(weights).sum(), constants.of(1));
                var gradients = table.cut(TORCH.gradient(vector, step), step).stream().map(constants::read).toList();
                return new Result(output.getShape(), constants.read(output), gradients);
            }
        }

        Result run() {
            return run(start -> start);
        }

        /** (N, 3, side, side). */
        private NDArray images(NDManager step, Constants constants) {
            double[] pixels = normal((long) IMAGES * Images.COLOURS * side * side, 2);
            var last = constants.create(step, pixels, new Shape(IMAGES, side, side, Images.COLOURS)).transpose(0, 3, 1,
                    2);
            return switch (layout) {
                case CHANNELS_LAST -> last;
                case CHANNELS_FIRST ->
                    constants.create(step, constants.read(last), new Shape(IMAGES, Images.COLOURS, side, side));
            };
        }

        /** For each parameter, in the order of its table, where its numbers are among the start values. */
        List<int[]> places() {
            try (var scope = TORCH.newScope()) {
                var table = network().table();
                float[] counting = new float[table.size()];
                for (int i = 0; i < counting.length; i++) {
                    counting[i] = i;
                }
                return table.cut(scope.create(counting), scope).stream().map(view -> {
                    float[] numbers = view.toFloatArray();
                    int[] places = new int[numbers.length];
                    for (int i = 0; i < places.length; i++) {
                        places[i] = (int) numbers[i];
                    }
                    return places;
                }).toList();
            }
        }
    }

    /** @param gradients of a random sum of the output, one for each parameter */
    record Result(Shape shape, double[] output, List<double[]> gradients) {
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[] normal(long count, long seed) {
        var random = new Random(seed);
        return random.doubles(count).map(ignored -> (float) random.nextGaussian()).toArray();
    }
}
