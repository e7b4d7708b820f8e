package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScreeningIsUnsteadyTest {

    @Test
    void verdictsDependOnTheGraphAlone() {
        var graphs = new RandomGraphs(Layers.SPACE);
        var draws = new Draws(12, 0);
        var random = Stream.generate(() -> graphs.graph(draws)).limit(3000).toList();
        var one = new Screening(Layers.SPACE, Layers.LAPTOP, Layers.NUMERICS);
        var other = new Screening(Layers.SPACE, Layers.LAPTOP, Layers.NUMERICS);
        var inOrder = random.stream().map(one::screen).toList();

        assertThat(random.reversed().stream().map(other::screen).toList().reversed()).isEqualTo(inOrder);
        assertThat(IntStream.range(0, random.size()).parallel().mapToObj(i -> one.screen(random.get(i))).toList())
                .isEqualTo(inOrder);
    }

    @Test
    void theBenchMeasuresAllThreeStages() {
        var rates = ScreeningBench.measure(Layers.SPACE, Layers.NUMERICS, 3);

        assertThat(List.of(rates.staticPerSecond(), rates.probePerSecond(), rates.stackPerSecond()))
                .allSatisfy(rate -> assertThat(rate).isGreaterThan(10));
    }
}
