package dev.normforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NamedComparisonsReadTest {

    @Test
    void everyComparisonReadsRoundTripsAndNamesItself() {
        for (var name : NamedComparisons.names()) {
            var spec = NamedComparisons.read(name);
            assertThat(spec.name()).isEqualTo(name);
            boolean survey = spec.layers().stream().anyMatch(ComparisonSpec.ComparedLayer.Random.class::isInstance);
            assertThat(survey || !spec.expectations().isEmpty()).as("%s says what is published", name).isTrue();
            assertThat(ProtocolJson.read(ProtocolJson.write(spec), ComparisonSpec.class)).isEqualTo(spec);
        }
    }

    @Test
    void anUnknownComparisonIsRefusedByName() {
        assertThatThrownBy(() -> NamedComparisons.read("../batch-size")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("comparison is \"../batch-size\", expected one of batch-size");
    }
}
