package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.worker.engine.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards against operations of a layer that are forgotten, counted at full size, or counted although evaluation skips them. */
class OperationsOfALayerAreMiscountedTest {

    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final int CHANNELS = 8;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 5;
    private static final int NUMBERS = CHANNELS * HEIGHT * WIDTH;

    /** As many operations for each number, each channel and each group; the affine's two included. */
    @ParameterizedTest
    @CsvSource({"affine-relu, 5, 0, 0", // product, sum, maximum
            "bn-relu, 7, 1, 0", // difference, quotient, product, sum, maximum; the mean negated
            "in-relu, 11, 2, 0", // and mean 1, deviation 3; its root
            "gn-relu, 11, 0, 2", // the same for each group
            "evonorm-s0, 9, 0, 1", // two products, sigmoid, quotient, deviation 3; its root
            "evonorm-s2, 7, 0, 1", // product, sigmoid, quotient, root mean square 2; its root
            "evonorm-b0, 9, 1, 0"}) // product, sum, maximum, quotient, deviation 3; its root
    void publishedLayersAreCountedByHand(String name, int perNumber, int perChannel, int perGroup) {
        var layer = NamedLayers.find(name).orElseThrow();
        assertThat(flops(layer)).isEqualTo(perNumber * NUMBERS + perChannel * CHANNELS + perGroup * 4);
    }

    /** x / std_bwh(x·sigmoid(x)): in evaluation the deviation is known, and nobody needs the product. */
    @Test
    void whatOnlyStatisticsOverTheBatchNeedIsNotComputedInEvaluation() {
        var sigmoid = LayerGraph.INPUTS;
        var layer = LayerGraph.of(Node.of(Elementwise.SIGMOID, LayerGraph.X),
                Node.of(Elementwise.MUL, LayerGraph.X, sigmoid),
                Node.of(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), sigmoid + 1),
                Node.of(Elementwise.DIV, LayerGraph.X, sigmoid + 2));
        assertThat(flops(layer)).isEqualTo((1 + LayerFlops.AFFINE) * NUMBERS);
    }

    /** mean_wh(x), one number a channel until the next layer. */
    @Test
    void aSmallResultIsCountedSmall() {
        var layer = LayerGraph.of(Node.of(new Aggregation(Moment.MEAN, IndexSet.INSTANCE), LayerGraph.X));
        assertThat(flops(layer)).isEqualTo(NUMBERS + LayerFlops.AFFINE * CHANNELS);
    }

    /** The yardstick does everything at full size: negated mean and root too, and statistics over the batch. */
    @Test
    void theNaiveWayDoesMore() {
        var layer = NamedLayers.find("bn-relu").orElseThrow();
        try (var scope = Comparison.TORCH.newScope()) {
            var naive = new NaiveGraphLayer(layer, CHANNELS, NUMERICS, new Constants(scope, DataType.FLOAT32));
            int elementwise = 6;
            int mean = 1;
            int deviation = 3 + 1;
            assertThat(naive.flops(HEIGHT, WIDTH))
                    .isEqualTo((elementwise + mean + deviation + LayerFlops.AFFINE) * NUMBERS);
        }
    }

    private static long flops(LayerGraph layer) {
        try (var scope = Comparison.TORCH.newScope()) {
            return new GraphLayer(new Simplifier(NUMERICS).simplify(layer), CHANNELS, NUMERICS,
                    new Constants(scope, DataType.FLOAT32)).flops(HEIGHT, WIDTH);
        }
    }
}
