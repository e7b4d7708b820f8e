package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.Training;
import dev.normforge.worker.engine.Constants;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Guards against another momentum than Nesterov's, and against decay where there should be none. */
class NesterovDescentTest {

    @Test
    void threeStepsFollowTheFormula() {
        var training = new Training(10, 1, 0.1, 0.9, 0.5, 2, Training.Schedule.CONSTANT);
        try (var scope = Laptop.TORCH.newScope()) {
            var constants = new Constants(scope, DataType.FLOAT64);
            // The second number is no weight: it does not decay.
            var descent = new NesterovDescent(constants, scope, training, new float[]{1, 0});
            var parameters = constants.create(scope, new double[]{2, -1}, new Shape(2));
            double[] w = {2, -1};
            double[] v = {0, 0};
            double[][] gradients = {{1, 2}, {-3, 0.5}, {0.25, -1}};
            for (int step = 0; step < gradients.length; step++) {
                try (var inner = scope.newSubManager()) {
                    descent.update(parameters, constants.create(inner, gradients[step], new Shape(2)), step);
                }
                double rate = step == 0 ? 0.05 : 0.1;
                for (int i = 0; i < w.length; i++) {
                    double g = gradients[step][i] + (i == 0 ? 0.5 * w[i] : 0);
                    v[i] = 0.9 * v[i] + g;
                    w[i] -= rate * (g + 0.9 * v[i]);
                }
                assertThat(constants.read(parameters)).as("after step %d", step).containsExactly(w,
                        Offset.offset(1e-12));
            }
        }
    }
}
