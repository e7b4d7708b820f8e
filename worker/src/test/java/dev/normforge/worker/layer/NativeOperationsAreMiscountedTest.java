package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.worker.engine.Constants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations and parameters of layers are compared in tables and plots. */
class NativeOperationsAreMiscountedTest {

    private static final int CHANNELS = 6;
    private static final int GROUPS = 2;
    private static final int HALF = 3;
    private static final int PIXELS = 2 * 5;
    private static final int NUMBERS = CHANNELS * PIXELS;

    @ParameterizedTest
    @EnumSource
    void byHand(NativeLayer layer) {
        try (var scope = Comparison.TORCH.newScope()) {
            var slot = new WrittenSlot(layer, CHANNELS, new Numerics(GROUPS, 1e-5),
                    new Constants(scope, DataType.FLOAT32));
            assertThat(slot.flops(2, 5)).as(layer.label()).isEqualTo(flops(layer));
            assertThat(slot.parameters().stream().mapToLong(parameter -> parameter.shape().size()).sum())
                    .as(layer.label()).isEqualTo(parameters(layer));
        }
    }

    /** Centring 1, dividing 1, affine 2, activation 1 or 2; a mean 1 and a deviation 3 with its roots where they are not kept. */
    private static long flops(NativeLayer layer) {
        return switch (layer) {
            case BN_RELU, BRN_RELU -> 5 * NUMBERS;
            case BN_SILU -> 6 * NUMBERS;
            case GN_RELU -> 9 * NUMBERS + GROUPS;
            case GN_SILU -> 10 * NUMBERS + GROUPS;
            case LN_RELU -> 9 * NUMBERS + 1;
            case IN_RELU -> 9 * NUMBERS + CHANNELS;
            case BCN_RELU, BCN_ESTIMATE_RELU -> 4 * NUMBERS + 9 * NUMBERS + GROUPS;
            case HALF_IN_LEAKY -> 8 * HALF * PIXELS + HALF + NUMBERS;
            case FRN_TLU -> 2 * NUMBERS + CHANNELS + 4 * NUMBERS;
        };
    }

    private static long parameters(NativeLayer layer) {
        return switch (layer) {
            case BN_RELU, BN_SILU, GN_RELU, GN_SILU, LN_RELU, IN_RELU, BRN_RELU -> 2 * CHANNELS;
            case BCN_RELU, BCN_ESTIMATE_RELU -> 2 * CHANNELS + 2 * GROUPS;
            case HALF_IN_LEAKY -> 2 * HALF;
            case FRN_TLU -> 3 * CHANNELS;
        };
    }
}
