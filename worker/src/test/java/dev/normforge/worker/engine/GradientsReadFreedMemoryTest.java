package dev.normforge.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Numbers that come from Java are needed until the gradient is taken, though their arrays are closed after the forward pass:
 * were they still in a buffer of Java's, a garbage collection in between would give their memory to somebody else.
 */
class GradientsReadFreedMemoryTest {

    private static final Torch TORCH = Torch.start();
    private static final int ARRAYS = 400;
    private static final int LENGTH = 40;
    private static final int COLLECTIONS = 5;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void factorsOfALossThatAreClosedAndCollected(DataType type) {
        TORCH.prepareThread();
        var shape = new Shape(LENGTH);
        double[] factors = new double[LENGTH];
        Arrays.fill(factors, 3);
        try (var scope = TORCH.newScope()) {
            var constants = new Constants(scope, type);
            var weight = constants.create(scope, new double[LENGTH], shape);
            weight.setRequiresGradient(true);
            var losses = new ArrayList<NDArray>();
            for (int i = 0; i < ARRAYS; i++) {
                try (var factor = constants.create(scope, factors, shape);
                        var single = constants.create(scope, 2)) {
                    losses.add(weight.mul(factor).mul(single).sum());
                }
            }
            var taken = reuseWhatIsFree();
            losses.forEach(loss -> TORCH.backward(loss, constants.of(1)));

            assertThat(constants.read(TORCH.gradient(weight, scope))).containsOnly(ARRAYS * 3 * 2.0);
            assertThat(taken).hasSize(COLLECTIONS * ARRAYS);
        }
    }

    /** Other numbers in as much memory, as often. */
    private static List<ByteBuffer> reuseWhatIsFree() {
        var taken = new ArrayList<ByteBuffer>();
        for (int round = 0; round < COLLECTIONS; round++) {
            System.gc();
            for (int i = 0; i < ARRAYS; i++) {
                var other = ByteBuffer.allocateDirect(LENGTH * (round % 2 == 0 ? Float.BYTES : Double.BYTES))
                        .order(ByteOrder.nativeOrder());
                while (other.remaining() >= Float.BYTES) {
                    other.putFloat(7);
                }
                taken.add(other);
            }
        }
        return taken;
    }
}
