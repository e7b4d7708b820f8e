package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards against a parameter that starts, decays or is trained as another: those of one shape lie side by side. */
class ParametersAreCutWhereTheyStartTest {

    private static final Shape KERNEL = new Shape(2, 3, 1, 1);
    private static final Shape VECTOR = new Shape(4);

    @Test
    void eachHasItsOwnShapeStartAndKind() {
        var table = new ParameterTable();
        int first = table.weight(KERNEL, 2, 3);
        int one = table.constant(VECTOR, 1);
        int alone = table.constant(new Shape(1, 4, 1, 1), 7);
        int second = table.weight(KERNEL, 2, 3);
        int zero = table.constant(VECTOR, 0);
        try (var scope = Torch.start().newScope()) {
            var start = cut(table, scope, table.start(5));
            var decayed = cut(table, scope, table.weights());
            assertThat(start).extracting(NDArray::getShape)
                    .containsExactly(KERNEL, VECTOR, new Shape(1, 4, 1, 1), KERNEL, VECTOR);
            assertThat(start.get(one).toFloatArray()).containsOnly(1);
            assertThat(start.get(alone).toFloatArray()).containsOnly(7);
            assertThat(start.get(zero).toFloatArray()).containsOnly(0);
            assertThat(start.get(first).toFloatArray()).isNotEqualTo(start.get(second).toFloatArray());
            for (int number = 0; number < decayed.size(); number++) {
                float expected = number == first || number == second ? 1 : 0;
                assertThat(decayed.get(number).toFloatArray()).as("parameter %d", number).containsOnly(expected);
            }
        }
    }

    private static List<NDArray> cut(ParameterTable table, NDManager scope, float[] vector) {
        return table.cut(scope.create(vector), scope);
    }
}
