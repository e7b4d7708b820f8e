package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.AnchorSpec.Stage;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.anchor.Networks.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Guards against parameters or operations that are forgotten or counted twice: networks small enough to be counted by hand.
 * With {@code bn-relu} a slot of C channels trains 4·C numbers and does 7·C·H·W + C operations.
 */
class SizesAreMiscountedTest {

    private static final int CLASSIFIER = 8 * 10 + 10;
    /** Of 8 channels: the map of 10 numbers, without the mean. */
    private static final int CLASSIFYING = 2 * 8 * 10 + 10;

    private static NetworkSize size(Family family, int head, int side, Stage... stages) {
        return size(new AnchorSpec("tiny", family, 1, 1, 1, 4, head, List.of(stages)), side);
    }

    private static NetworkSize size(AnchorSpec spec, int side) {
        return new Trial(spec, "bn-relu", Layout.CHANNELS_LAST, DataType.FLOAT32, side).network().size();
    }

    private static int slot(int channels, int pixels) {
        return 7 * channels * pixels + channels;
    }

    private static NetworkSize network(int weights, int flops, int slotChannels, int layerFlops) {
        return new NetworkSize(weights + 4L * slotChannels, flops + layerFlops, 4L * slotChannels, layerFlops);
    }

    @Test
    void plain() {
        int weights = 108 + 144 + 288 + CLASSIFIER;
        int convolutions = 2 * (108 * 25 + 144 * 25 + 288 * 9);
        int maximum = 4 * 25;
        int mean = 8 * 9;
        assertThat(size(Family.PLAIN, 0, 5, new Stage(1, 4, 1, 1, 3), new Stage(1, 8, 1, 2, 3)))
                .isEqualTo(network(weights, convolutions + maximum + mean + CLASSIFYING, 4 + 4 + 8,
                        2 * slot(4, 25) + slot(8, 9)));
    }

    @Test
    void dense() {
        int part = 4 * 8 + 8 * 4 * 9;
        int transition = 8 * 4;
        int weights = 108 + part + transition + part + CLASSIFIER;
        int convolutions = 2 * ((108 + part + transition) * 16 + part * 4);
        int means = 4 * 16 + 8 * 4;
        assertThat(size(Family.DENSE, 0, 4, new Stage(2, 4, 1, 1, 3), new Stage(2, 4, 1, 2, 3)))
                .isEqualTo(network(weights, convolutions + means + CLASSIFYING, 4 + 8 + 8 + 4 + 8 + 8,
                        slot(4, 16) + 2 * slot(8, 16) + slot(4, 4) + 2 * slot(8, 4)));
    }

    @Test
    void residual() {
        int first = 4 * 4 + 4 * 4 * 9 + 4 * 8 + 4 * 8;
        int shrunk = 4 * 4 * 9 + 4 * 8 + 8 * 8;
        int weights = 108 + first + 8 * 4 + shrunk + CLASSIFIER;
        int convolutions = 2 * ((108 + first + 8 * 4) * 9 + shrunk * 4);
        int sums = 8 * 9 + 8 * 4;
        int mean = 8 * 4;
        assertThat(size(Family.RESNET, 0, 3, new Stage(2, 4, 1, 1, 3), new Stage(2, 4, 1, 2, 3)))
                .isEqualTo(network(weights, convolutions + sums + mean + CLASSIFYING, 4 * 3 + 8 + 4 + 4 + 8,
                        3 * slot(4, 9) + slot(8, 9) + slot(4, 9) + slot(4, 4) + slot(8, 4)));
    }

    @Test
    void invertedResidualAndSqueezeExcitation() {
        int first = 4 * 9 + 4 * 4;
        int affines = 2 * 4 + 2 * 8;
        int shrunk = 8 * 9 + 8 * 8 + 8 * 8;
        int weights = 108 + first + 4 * 8 + shrunk + affines + CLASSIFIER;
        int convolutions = 2 * ((108 + first + 4 * 8) * 9 + shrunk * 4);
        int summands = 4 * 9 + 8 * 4;
        int sum = 4 * 9;
        int mean = 8 * 4;
        int slots = 2 * slot(4, 9) + slot(8, 9) + 2 * slot(8, 4);
        Stage[] stages = {new Stage(1, 4, 1, 1, 3), new Stage(2, 8, 1, 2, 3)};
        int flops = convolutions + summands + sum + mean + CLASSIFYING;
        assertThat(size(Family.MOBILENET_V2, 8, 3, stages))
                .isEqualTo(network(weights, flops, 4 + 4 + 8 + 8 + 8, slots));
        // Two maps down to 1 number and up again with biases, x·sigmoid(x) and sigmoid between; a mean and a product of maps.
        int squeezing = 2 * 4 + 1 + 4 + 2 * 8 + 1 + 8;
        int gates = 2 * 4 + 1 + 2 + 2 * 4 + 4 + 4 + 2 * 8 + 1 + 2 + 2 * 8 + 8 + 8;
        int maps = 2 * 4 * 9 + 2 * 8 * 4;
        assertThat(size(Family.EFFICIENTNET, 8, 3, stages))
                .isEqualTo(network(weights + squeezing, flops + gates + maps, 4 + 4 + 8 + 8 + 8, slots));
    }

    @Test
    void restoring() {
        int upper = 4 * 4 * 9 + 4 * 4 * 9 + 4 * 4;
        int down = 4 * 4 * 9;
        int lower = 4 * 8 * 9 + 8 * 8 * 9 + 4 * 8;
        int narrow = 8 * 4;
        int rising = 8 * 4 * 9 + 4 * 4 * 9 + 8 * 4;
        int biases = 4 + 4 + 4 + 8 + 4 + 4 + 3;
        int weights = 108 + upper + down + lower + narrow + rising + 108 + biases;
        int convolutions = 2 * ((108 + upper + rising + 108) * 9 + (down + lower + narrow) * 4);
        int biased = (4 + 4 + 4 + 4 + 3) * 9 + (4 + 8) * 4;
        int rectifiers = (4 + 4 + 4) * 9 + 8 * 4;
        int sums = (4 + 4) * 9 + 8 * 4 + 3 * 9;
        for (var family : List.of(Family.DENOISING_UNET, Family.DOUBLING_UNET)) {
            assertThat(size(family, 0, 3, new Stage(1, 4, 1, 1, 3), new Stage(1, 8, 1, 2, 3)))
                    .isEqualTo(network(weights, convolutions + biased + rectifiers + sums, 4 + 8,
                            slot(4, 9) + slot(8, 4)));
        }
    }

    @Test
    void theLaptopsResidualNetworkIsTheSumOfItsConvolutions() {
        int stem = 3 * 8 * 9;
        int first = 8 * 8 + 8 * 8 * 9 + 8 * 32 + 8 * 32;
        int second = 32 * 16 + 16 * 16 * 9 + 16 * 64 + 32 * 64;
        int third = 64 * 32 + 32 * 32 * 9 + 32 * 128 + 64 * 128;
        int slots = 8 + 8 + 8 + 32 + 16 + 16 + 64 + 32 + 32 + 128;
        var size = size(Presets.read("laptop").proxy().anchors().getFirst(), 16);
        assertThat(size.parameters()).isEqualTo(stem + first + second + third + 128 * 10 + 10 + 4 * slots);
        assertThat(size.layerParameters()).isEqualTo(4 * slots);
    }

    @Test
    void standardizedWeightsCostNothingInEvaluation() {
        for (var spec : Networks.ALL) {
            var standardized = new Trial(spec, WeightStandardization.find("ws").orElseThrow(), "bn-relu",
                    Layout.CHANNELS_LAST, DataType.FLOAT32, 16);
            assertThat(standardized.network().size()).isEqualTo(size(spec, 16));
        }
    }

    @Test
    void theLayoutChangesNothing() {
        for (var spec : Networks.ALL) {
            assertThat(new Trial(spec, "bn-relu", Layout.CHANNELS_FIRST, DataType.FLOAT32, 16).network().size())
                    .isEqualTo(size(spec, 16));
        }
    }
}
