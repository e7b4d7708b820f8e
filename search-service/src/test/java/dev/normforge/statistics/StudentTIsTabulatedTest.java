package dev.normforge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTIsTabulatedTest {

    @ParameterizedTest
    @CsvSource({"1, 12.7062", "2, 4.30265", "3, 3.18245", "4, 2.77645", "8, 2.30600", "10, 2.22814", "30, 2.04227",
            "120, 1.97993", "1000, 1.96234", "100000, 1.95996"})
    void theTwoSided95PercentQuantileIsTheTables(double degrees, double quantile) {
        assertThat(StudentT.twoSided95(degrees)).isCloseTo(quantile, within(2e-4));
    }

    @Test
    void fractionalDegreesLieBetween() {
        assertThat(StudentT.twoSided95(2.5)).isBetween(3.18245, 4.30265);
    }

    @Test
    void fewerThanOneDegreeIsRefused() {
        assertThatThrownBy(() -> StudentT.twoSided95(0)).hasMessage("degrees is 0.0, expected at least 1");
    }

    @ParameterizedTest
    @CsvSource({"12.7062, 1, 0.05", "4.30265, 2, 0.05", "9.92484, 2, 0.01", "31.5991, 2, 0.001", "4.60409, 4, 0.01",
            "2.04227, 30, 0.05", "3.64596, 30, 0.001", "0, 2, 1"})
    void theTwoSidedTailIsTheTables(double t, double degrees, double tail) {
        assertThat(StudentT.twoSidedTail(t, degrees)).isCloseTo(tail, within(2e-4 * tail));
    }

    @Test
    void nothingLiesBeyondInfinity() {
        assertThat(StudentT.twoSidedTail(Double.POSITIVE_INFINITY, 2)).isLessThan(1e-15);
        assertThatThrownBy(() -> StudentT.twoSidedTail(Double.NaN, 2)).hasMessage("t is NaN, expected at least 0");
    }
}
