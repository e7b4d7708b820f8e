package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.engine.Torch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against pooling and doubling that lose or invent a row at an odd side, or mix channels in a layout. */
class EdgesOfMapsAreMisreadTest {

    private static final Torch TORCH = Torch.start();
    private static final Pass NOTHING = new Pass(List.of(), List.of());
    /** Two channels of 3×3. */
    private static final float[] MAPS = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4, -5, -6, -7, -8, -9};

    @ParameterizedTest
    @EnumSource
    void anOddLastRowIsPooledByItself(Layout layout) {
        assertThat(run(layout, x -> Pooling.MAXIMUM.forward(x, NOTHING))).containsExactly(5, 6, 8, 9, -1, -3, -7, -9);
        assertThat(run(layout, x -> Pooling.MEAN.forward(x, NOTHING))).containsExactly(3, 4.5f, 7.5f, 9, -3, -4.5f,
                -7.5f, -9);
    }

    @ParameterizedTest
    @EnumSource
    void doublingRepeatsPixelsUpToTheSideThatIsWanted(Layout layout) {
        assertThat(run(layout, x -> Kernels.nearest(x, new Shape(1, 7, 5, 5)))).startsWith(1, 1, 2, 2, 3, 1, 1, 2, 2, 3,
                4, 4, 5, 5, 6, 4, 4, 5, 5, 6, 7, 7, 8, 8, 9, -1, -1, -2, -2, -3).hasSize(50);
        assertThat(run(layout, x -> Kernels.nearest(x, new Shape(1, 7, 6, 6)))).endsWith(-7, -7, -8, -8, -9, -9)
                .hasSize(72);
    }

    @ParameterizedTest
    @EnumSource
    void theSecondMapsComeAfterTheFirst(Layout layout) {
        assertThat(run(layout, x -> Kernels.beside(x, x.neg()))).startsWith(MAPS).endsWith(7, 8, 9).hasSize(36);
    }

    @ParameterizedTest
    @EnumSource
    void aLeakyRectifierKeepsAFifthOfWhatIsNegative(Layout layout) {
        assertThat(run(layout, x -> new LeakyRectifier().forward(x, NOTHING))).startsWith(1, 2, 3).endsWith(
                0.2f * -7, 0.2f * -8, 0.2f * -9);
    }

    private static float[] run(Layout layout, UnaryOperator<NDArray> operation) {
        try (var scope = TORCH.newScope()) {
            return operation.apply(maps(scope, layout)).toFloatArray();
        }
    }

    private static NDArray maps(NDManager scope, Layout layout) {
        var first = scope.create(MAPS, new Shape(1, 2, 3, 3));
        return switch (layout) {
            case CHANNELS_FIRST -> first;
            case CHANNELS_LAST -> scope.create(first.transpose(0, 2, 3, 1).toFloatArray(), new Shape(1, 3, 3, 2))
                    .transpose(0, 3, 1, 2);
        };
    }
}
