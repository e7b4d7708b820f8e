package dev.normforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.NamedLayers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name that two layers have would train the one that was not meant. */
class LayerNamesCollideTest {

    @Test
    void everyNameIsOneLayers() {
        assertThat(SlotLayer.names()).doesNotHaveDuplicates()
                .hasSize(NamedLayers.names().size() + NativeLayer.values().length)
                .allSatisfy(name -> assertThat(SlotLayer.named(name)).isPresent());
        assertThat(SlotLayer.named("bn-rleu")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNativeNameIsThatLayer(NativeLayer layer) {
        assertThat(SlotLayer.named(layer.label())).contains(new SlotLayer.Native(layer));
        assertThat(layer.use() == NativeLayer.Use.ITS_OWN).isEqualTo(layer.statistics() != null);
    }
}
