package dev.normforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.NamedLayers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresetsReadTest {

    @Test
    void everyPresetReadsRoundTripsAndNamesItself() {
        for (var name : Presets.names()) {
            var spec = Presets.read(name);
            assertThat(spec.preset()).isEqualTo(name);
            var json = ProtocolJson.write(spec);
            assertThat(ProtocolJson.read(json, SearchSpec.class)).isEqualTo(spec);
            assertThat(ProtocolJson.write(ProtocolJson.read(json, SearchSpec.class))).isEqualTo(json);
        }
    }

    @Test
    void everyReferenceOfAPresetIsANamedLayer() {
        for (var name : Presets.names()) {
            var spec = Presets.read(name);
            assertThat(Stream.concat(spec.calibration().references().stream(),
                    spec.confirmation().references().stream())).allMatch(layer -> NamedLayers.find(layer).isPresent());
        }
    }

    @Test
    void thePaperPresetsHoldThePapersNumbers() {
        var b = Presets.read("paper-b");
        assertThat(b.strategy().tournament(2500)).isEqualTo(125);
        assertThat(b.proxy().training().rate(1999)).isEqualTo(0.1);
        assertThat(b.proxy().anchors().stream().map(a -> a.stages().stream().mapToInt(AnchorSpec.Stage::blocks).sum()))
                .containsExactly(16, 17, 16);
        assertThat(b.proxy().anchors()).as("the first two of five stride-2 convolutions have stride 1")
                .allMatch(a -> a.stemStride() == 1 && a.stages().get(1).stride() == 1);
        var s = Presets.read("paper-s");
        assertThat(s.space().batchIndependent()).isTrue();
        assertThat(s.proxy().training().steps()).isEqualTo(5000);
        assertThat(s.proxy().anchors()).isEqualTo(b.proxy().anchors());
    }

    /** The hash is a key in the database: it changes only with the proxy. */
    @Test
    void theHashOfAProxyIsStable() {
        var proxy = Presets.read("smoke").proxy();
        assertThat(ProtocolJson.hash(proxy)).isEqualTo(ProtocolJson.hash(Presets.read("smoke").proxy()));
        assertThat(ProtocolJson.hash(proxy.confirming(11, proxy.statistics()))).isNotEqualTo(ProtocolJson.hash(proxy));
        var reread = ProtocolJson.read(ProtocolJson.write(proxy), ProxySpec.class);
        assertThat(ProtocolJson.hash(reread)).hasSize(32).isEqualTo(ProtocolJson.hash(proxy));
    }

    /** What stands at evaluation is confirmation's affair, how a layer is trained is the search's. */
    @Test
    void confirmationTrainsAsTheSearchDoes() {
        var proxy = Presets.read("smoke").proxy();
        var precise = new BatchStatistics.Precise(64);
        var estimated = new BatchStatistics.Estimated(0.1);
        var frozen = new BatchStatistics.Frozen(0.2, 64);

        assertThat(proxy.confirming(11, precise).statistics()).isEqualTo(precise);
        assertThat(proxy.withStatistics(estimated).confirming(11, precise).statistics()).isEqualTo(estimated);
        assertThat(proxy.withStatistics(estimated).confirming(11, frozen).statistics()).isEqualTo(frozen);
    }

    @Test
    void anUnknownPresetIsRefusedByName() {
        assertThatThrownBy(() -> Presets.read("../laptop")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("preset is \"../laptop\", expected one of laptop, smoke, micro-batch, paper-b, paper-s");
    }
}
