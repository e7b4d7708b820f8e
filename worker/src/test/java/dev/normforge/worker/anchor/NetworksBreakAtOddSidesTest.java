package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.worker.anchor.Networks.Trial;
import dev.normforge.worker.data.Images;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against a network that is built or trained otherwise than it says, at sides that cannot be halved evenly too. */
class NetworksBreakAtOddSidesTest {

    private static final List<Integer> SIDES = List.of(16, 13, 5);

    static Stream<Arguments> networks() {
        return Networks.ALL.stream().flatMap(spec -> SIDES.stream().map(side -> Arguments.of(spec, side)));
    }

    static Stream<AnchorSpec> specs() {
        return Networks.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void bothLayoutsPutOutTheSame(AnchorSpec spec, int side) {
        var last = new Trial(spec, "evonorm-s0", Layout.CHANNELS_LAST, DataType.FLOAT32, side).run();
        var first = new Trial(spec, "evonorm-s0", Layout.CHANNELS_FIRST, DataType.FLOAT32, side).run();
        assertThat(last.shape())
                .isEqualTo(spec.family().restores() ? new Shape(3, 3, side, side) : new Shape(3, Images.CLASSES));
        assertThat(first.shape()).isEqualTo(last.shape());
        double size = DoubleStream.of(first.output()).map(Math::abs).max().orElseThrow();
        assertThat(size).isGreaterThan(0.1);
        assertThat(last.output()).containsExactly(first.output(), within(1e-4 * Math.max(1, size)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyParameterIsTrainedAndInBothLayoutsAlike(AnchorSpec spec, int side) {
        var last = new Trial(spec, "gn-silu", Layout.CHANNELS_LAST, DataType.FLOAT64, side).run();
        var first = new Trial(spec, "gn-silu", Layout.CHANNELS_FIRST, DataType.FLOAT64, side).run();
        assertThat(last.gradients()).hasSameSizeAs(first.gradients());
        for (int number = 0; number < last.gradients().size(); number++) {
            double[] gradient = last.gradients().get(number);
            double size = DoubleStream.of(gradient).map(Math::abs).max().orElseThrow();
            assertThat(size).as("parameter %d", number).isGreaterThan(1e-6);
            assertThat(gradient).as("parameter %d", number).containsExactly(first.gradients().get(number),
                    within(1e-9 * size));
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void weightsStartAlikeWhateverTheLayer(AnchorSpec spec) {
        var few = weights(new Trial(spec, "evonorm-s1", Layout.CHANNELS_LAST, DataType.FLOAT32, 16));
        var many = weights(new Trial(spec, "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT32, 16));
        assertThat(few).isNotEmpty().isEqualTo(many);
    }

    private static List<List<Float>> weights(Trial trial) {
        var table = trial.network().table();
        float[] start = table.start(5);
        float[] decayed = table.weights();
        return trial.places().stream().filter(places -> decayed[places[0]] == 1)
                .map(places -> Arrays.stream(places).mapToObj(place -> start[place]).toList()).toList();
    }

    @Test
    void aNewNetworkThatRestoresPutsOutNearlyWhatItWasGiven() {
        var trial = new Trial(TransferAnchors.read("unet-denoise"), "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT64,
                16);
        double[] output = trial.run().output();
        double[] input = trial.run(start -> new double[start.length]).output();
        double distance = 0;
        double size = 0;
        for (int i = 0; i < output.length; i++) {
            distance += (output[i] - input[i]) * (output[i] - input[i]);
            size += input[i] * input[i];
        }
        assertThat(Math.sqrt(distance / size)).isBetween(0.01, 0.5);
    }

    @Test
    void layersStandInTheEncoderAlone() {
        var unet = TransferAnchors.read("unet-double");
        assertThat(new Trial(unet, "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT32, 16).network().slots())
                .isEqualTo(unet.stages().stream().mapToInt(unet::blocks).sum());
    }

    @Test
    void mapsThatCannotBeHalvedOftenEnoughAreRefused() {
        var unet = TransferAnchors.read("unet-denoise");
        assertThatThrownBy(() -> new Trial(unet, "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT32, 3).network())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "side is 3, expected at least 4: unet-denoise halves its maps 2 times, and a single pixel has"
                                + " no half");
        double[] smallest = new Trial(unet, "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT32, 4).run().output();
        assertThat(DoubleStream.of(smallest)).allMatch(Double::isFinite);
    }
}
