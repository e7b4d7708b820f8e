package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.Presets;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.GraphLayer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards against an anchor that is not the published network: a slot or a convolution too many or too few. */
class AnchorSizesTest {

    private record Built(Network network, List<Integer> widths) {
    }

    private static Built build(String preset, int anchor) {
        var spec = Presets.read(preset).proxy();
        var relu = new Simplifier(spec.numerics())
                .simplify(LayerGraph.of(Node.of(Elementwise.MAX, LayerGraph.X, LayerGraph.ZERO)));
        try (var scope = Torch.start().newScope()) {
            var constants = new Constants(scope, DataType.FLOAT32);
            var widths = new ArrayList<Integer>();
            var network = Anchors.build(spec.anchors().get(anchor), null, channels -> {
                widths.add(channels);
                return new GraphLayer(relu, channels, spec.numerics(), constants);
            }, constants, Layout.CHANNELS_LAST, spec.data().crop());
            return new Built(network, widths);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 31000, 34000", "1, 11, 8000, 11000", "2, 11, 9000, 13000"})
    void theLaptopsAnchorsAreSmall(int anchor, int slots, int least, int most) {
        var network = build("laptop", anchor).network();
        assertThat(network.slots()).isEqualTo(slots);
        assertThat(network.table().size()).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"0, 49, 1400000, 1600000", "1, 35, 500000, 800000", "2, 33, 900000, 1300000"})
    void thePapersAnchorsHaveThePublishedSlotsAndSizes(int anchor, int slots, int least, int most) {
        var network = build("paper-b", anchor).network();
        assertThat(network.slots()).isEqualTo(slots);
        assertThat(network.table().size()).isBetween(least, most);
    }

    @Test
    void startValuesDependOnTheSeedAlone() {
        var network = build("laptop", 0).network();
        assertThat(network.table().start(7)).isEqualTo(build("laptop", 0).network().table().start(7))
                .isNotEqualTo(network.table().start(8));
    }

    @Test
    void slotsOfTheResidualNetworkAreAsWideAsTheirBlocks() {
        assertThat(build("laptop", 0).widths()).containsExactly(8, 8, 8, 32, 16, 16, 64, 32, 32, 128);
    }
}
