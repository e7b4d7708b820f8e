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
            assertThat(spec.expectations()).as("a named comparison says what is published").isNotEmpty();
            assertThat(ProtocolJson.read(ProtocolJson.write(spec), ComparisonSpec.class)).isEqualTo(spec);
        }
    }

    @Test
    void anUnknownComparisonIsRefusedByName() {
        assertThatThrownBy(() -> NamedComparisons.read("../batch-size")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("comparison is \"../batch-size\", expected one of batch-size");
    }
}
