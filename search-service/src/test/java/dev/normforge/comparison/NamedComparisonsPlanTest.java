package dev.normforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.NamedComparisons;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamedComparisonsPlanTest {

    static Iterable<String> names() {
        return NamedComparisons.names();
    }

    /** A plan refuses expectations about cells that do not exist. */
    @ParameterizedTest
    @MethodSource("names")
    void aNamedComparisonIsRefused(String name) {
        var plan = ComparisonPlan.of(NamedComparisons.read(name));

        assertThat(plan.runs()).isPositive();
    }
}
