package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.PlainLayers.Running;
import dev.normforge.worker.layer.PlainLayers.Use;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays of a pass that stay in the scope of a training, or of a step, fill the memory. */
class NativePassLeavesArraysBehindTest {

    private static final int PASSES = 3;
    private static final int CHANNELS = 6;

    @ParameterizedTest
    @EnumSource
    void inAnyScope(NativeLayer layer) {
        for (var use : List.of(new Use.OfTheBatch(), new Use.Averaged(0.9, 1), new Use.Estimated(0.1),
                new Use.Kept())) {
            passes(layer, use);
        }
    }

    private static void passes(NativeLayer layer, Use use) {
        try (var scope = Comparison.TORCH.newScope()) {
            var slot = Slots.of(new SlotLayer.Native(layer), Numerics.DEFAULT, new Constants(scope, DataType.FLOAT32))
                    .apply(CHANNELS);
            var held = new ArrayList<Integer>();
            for (int i = 0; i < PASSES; i++) {
                try (var step = scope.newSubManager()) {
                    var x = step.ones(new Shape(2, CHANNELS, 3, 3));
                    List<NDArray> parameters = slot.parameters().stream()
                            .map(parameter -> step.full(parameter.shape(), (float) parameter.start())).toList();
                    var y = slot.forward(x, parameters, new TestMoments(use, Running.start(CHANNELS)));
                    assertThat(step.getManagedArrays()).contains(x, y).filteredOn(array -> array.size() >= x.size())
                            .as("arrays as large as x").hasSize(2);
                }
                held.add(scope.getManagedArrays().size());
            }
            assertThat(held.getLast()).as("constants").isEqualTo(held.getFirst());
        }
    }
}
