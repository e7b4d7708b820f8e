package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesBreakPythonTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "lower", "1Two", "../Up", "A/B", "A\\B", "A.B", "A B", "A\nB", "A\"B", "A'B", "Ünder",
            "A\u0000",
            "A\u202EB", "Ａ", "None", "True", "Class", "Torch", "Nn", "Lambda", "Json", "Jax", "Linen", "Nnx", "Keras",
            "Ops", "Any", "ValueError"})
    void whatIsNoNameOrSomebodyElsesIsRefused(String name) {
        assertThatThrownBy(() -> new ModuleName(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a").message().doesNotContain("\n", "\u0000");
    }

    @Test
    void anEndlessNameIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> new ModuleName("A".repeat(100_000))).isInstanceOf(IllegalArgumentException.class)
                .message().hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({"evonorm-b0, EvonormB0, evonorm_b0", "birth-5397, Birth5397, birth5397", "7, Layer7, layer7",
            "../../étc, Tc, tc", "class, ClassLayer, class_layer", "'', Layer, layer", "myLayer, MyLayer, my_layer"})
    void everyLayerHasANameThatPythonTakes(String layer, String name, String function) {
        var derived = ModuleName.ofLayer(layer);
        assertThat(derived.text()).isEqualTo(name);
        assertThat(derived.function()).isEqualTo(function);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(ModuleName.ofLayer("a".repeat(500)).text()).hasSize(60);
    }
}
