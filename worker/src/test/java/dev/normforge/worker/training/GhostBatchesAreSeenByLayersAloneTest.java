package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards against a normalization batch that changes more than what layers normalize over, or changes nothing. */
class GhostBatchesAreSeenByLayersAloneTest {

    private static final ProxySpec EIGHT = Laptop.withBatch(Laptop.proxy(10), 8);

    private static double[] weightsAfter(int steps, String layer, ProxySpec proxy) {
        try (var run = TrainingRun.start(Laptop.exact(layer, Laptop.EFFICIENTNET, proxy, 3, null))) {
            run.advanceTo(steps, StepListener.NONE);
            return run.model().parameters().toDoubleArray();
        }
    }

    /** The first step of plain Nesterov descent by the mean of the gradients of the first batch's halves. */
    private static double[] byTwoHalves(String layer) {
        var setup = Laptop.exact(layer, Laptop.EFFICIENTNET, EIGHT, 3, null);
        try (var scope = Laptop.TORCH.newScope()) {
            var constants = new Constants(scope, DataType.FLOAT64);
            var model = Model.of(setup, constants, scope);
            double[] weights = model.parameters().toDoubleArray();
            var training = EIGHT.training();
            double rate = training.rate(0) * (1 + training.momentum());
            for (var half : new Batches(Laptop.IMAGES, EIGHT, setup.task(), 3).next().parts(4)) {
                assertThat(half.size()).isEqualTo(4);
                try (var step = scope.newSubManager()) {
                    var view = model.view(step, model.parameters());
                    model.backward(model.loss(step, view, half, half.size(), model.ofTheBatch()));
                    double[] gradient = model.gradient(step, view).toDoubleArray();
                    for (int i = 0; i < weights.length; i++) {
                        weights[i] -= rate * gradient[i] / 2;
                    }
                }
            }
            return weights;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bn-relu", "evonorm-b0"})
    void aStepFollowsTheMeanOfTheGradientsOfItsParts(String layer) {
        double[] ghosts = weightsAfter(1, layer, EIGHT.withNormalizationBatch(4));
        assertThat(ghosts).containsExactly(byTwoHalves(layer), within(1e-12));
        assertThat(distance(ghosts, weightsAfter(1, layer, EIGHT))).as("from the whole batch").isGreaterThan(1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evonorm-s0", "gn-relu"})
    void layersThatDoNotLookAcrossImagesLearnTheSame(String layer) {
        double[] whole = weightsAfter(4, layer, EIGHT);
        assertThat(weightsAfter(4, layer, EIGHT.withNormalizationBatch(2))).containsExactly(whole, within(1e-9));
        assertThat(weightsAfter(4, layer, EIGHT.withNormalizationBatch(8))).isEqualTo(whole);
    }

    @Test
    void theLossIsTheMeanOverAllImages() {
        double[] losses = new double[2];
        int at = 0;
        for (Integer part : new Integer[]{null, 1}) {
            var proxy = EIGHT.withNormalizationBatch(part);
            try (var run = TrainingRun.start(Laptop.exact("gn-relu", Laptop.RESNET, proxy, 3, null))) {
                run.advanceTo(1, StepListener.NONE);
                losses[at++] = run.recentLoss();
            }
        }
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-12));
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
