package dev.normforge.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalesAreCrookedTest {

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(Tick::label).toList();
    }

    @Test
    void linearTicksAreRoundAndReachOverAllValues() {
        assertThat(labels(Scale.linear(List.of(25.8, 43.2), 0, 100))).containsExactly("25", "30", "35", "40", "45");
        assertThat(labels(Scale.linear(List.of(0.0, 4.0), 0, 100))).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(labels(Scale.linear(List.of(28.01, 28.13), -100, 100)))
                .containsExactly("28.00", "28.05", "28.10", "28.15");
        assertThat(labels(Scale.linear(List.of(0.0, 5120.0), 0, 1e9))).containsExactly("0", "2k", "4k", "6k");
    }

    @Test
    void accuracyStaysBetweenNothingAndAll() {
        var scale = (Scale.Linear) Scale.linear(List.of(0.0, 99.5), 0, 100);
        assertThat(scale.low()).isZero();
        assertThat(scale.high()).isEqualTo(100);
    }

    @Test
    void oneValueHasRoomOnBothSides() {
        for (double value : new double[]{0, 41.3, 1e-7, 5e9}) {
            assertThat(Scale.linear(List.of(value), -1e12, 1e12).place(value)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void everyValueLiesOnItsScale() {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            double size = Math.pow(10, random.nextInt(-3, 7));
            var values = random.doubles(4).map(value -> value * size).boxed().toList();
            var linear = Scale.linear(values, 0, 1e12);
            assertThat(values).allSatisfy(value -> assertThat(linear.place(value)).isBetween(0.0, 1.0));
            assertThat(linear.ticks()).as("%s", values).hasSizeBetween(2, 8);
            var decades = Scale.decades(values);
            assertThat(values).allSatisfy(value -> assertThat(decades.place(value)).isBetween(0.0, 1.0));
        }
    }

    @Test
    void batchesThatDoubleAreEquallyFarApart() {
        var scale = Scale.logarithmic(List.of(new Tick(2, "2"), new Tick(8, "8"), new Tick(32, "32")));
        assertThat(scale.place(8)).isCloseTo(0.5, within(1e-12));
        assertThat(scale.place(8) - scale.place(2)).isCloseTo(scale.place(32) - scale.place(8), within(1e-12));
    }

    @Test
    void decadesAreShortened() {
        assertThat(labels(Scale.decades(List.of(8000.0, 90_000.0)))).containsExactly("10k", "20k", "50k", "100k");
        assertThat(labels(Scale.decades(List.of(4e5, 3e6)))).containsExactly("0.5M", "1M", "2M");
    }

    @Test
    void endsInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> new Scale.Linear(1, 1, List.of()))
                .hasMessage("high is 1.0, expected finite and above low, 1.0");
        assertThatThrownBy(() -> new Scale.Logarithmic(0, 1, List.of())).hasMessage("low is 0.0, expected above 0");
        assertThatThrownBy(() -> new Scale.Slots(List.of())).hasMessage("names is [], expected at least one");
    }
}
