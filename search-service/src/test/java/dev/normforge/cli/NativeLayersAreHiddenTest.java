package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.NativeLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** A layer that can be trained but is neither listed nor shown might as well not be there. */
class NativeLayersAreHiddenTest {

    @ParameterizedTest
    @EnumSource
    void listedWithFormula(NativeLayer layer) {
        assertThat(Ran.normforge("layers").out().lines())
                .anySatisfy(line -> assertThat(line).startsWith(layer.label() + " ").endsWith(layer.formula()));
        var listed = JsonMapper.shared().readTree(Ran.normforge("layers", "--json").out());
        assertThat(listed.valueStream().filter(one -> one.path("name").asString().equals(layer.label())))
                .singleElement().satisfies(one -> {
                    assertThat(one.path("kind").asString()).isEqualTo("native");
                    assertThat(one.path("source").asString()).contains("arXiv");
                });
    }

    @ParameterizedTest
    @EnumSource
    void shownWithoutAPhenotype(NativeLayer layer) {
        var ran = Ran.normforge("show", layer.label());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(layer.label(), layer.formula(), layer.source(), layer.statisticsText())
                .doesNotContain("phenotype");
        layer.parameters().forEach(parameter -> assertThat(ran.out()).contains(parameter.text()));
        var json = JsonMapper.shared().readTree(Ran.normforge("show", layer.label(), "--json").out());
        assertThat(json.path("parameters").size()).isEqualTo(layer.parameters().size());
    }

    @Test
    void graphsStayListedAsGraphs() {
        var listed = JsonMapper.shared().readTree(Ran.normforge("layers", "--json").out());
        assertThat(listed.get(0).path("name").asString()).isEqualTo("bn-relu");
        assertThat(listed.get(0).path("kind").asString()).isEqualTo("graph");
        assertThat(listed.get(0).has("source")).isFalse();
    }
}
