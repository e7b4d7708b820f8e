package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Node;
import dev.normforge.protocol.SearchSpec.Space;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreeningRefusesTooLittleTest {

    private final Screening screening = new Screening(Layers.SPACE, Layers.LAPTOP, Layers.NUMERICS);

    private void refuses(Verdict.Rule rule, LayerGraph graph) {
        refuses(rule, graph, screening);
    }

    private static void refuses(Verdict.Rule rule, LayerGraph graph, Screening screening) {
        assertThat(screening.screen(graph)).isInstanceOfSatisfying(Verdict.Refused.class,
                refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    @Test
    void noInput() {
        refuses(Verdict.Rule.NO_INPUT, LayerGraph.of(Node.of(Elementwise.MUL, LayerGraph.V0, LayerGraph.V1)));
        refuses(Verdict.Rule.NO_INPUT, LayerGraph.of(Node.of(Elementwise.MUL, LayerGraph.X, LayerGraph.ZERO)));
    }

    @Test
    void constantOverSamplesOrSpace() {
        refuses(Verdict.Rule.CONSTANT_OVER_SAMPLES, Layers.chain(new Aggregation(Moment.MEAN, IndexSet.BATCH)));
        refuses(Verdict.Rule.CONSTANT_OVER_SPACE, Layers.chain(new Aggregation(Moment.MEAN, IndexSet.GROUP)));
        refuses(Verdict.Rule.CONSTANT_OVER_SPACE,
                Layers.chain(new Aggregation(Moment.DEVIATION, IndexSet.INSTANCE), Elementwise.TANH));
    }

    @Test
    void tooCostly() {
        var three = Layers.chain(Elementwise.TANH, Elementwise.EXP, Elementwise.SIGMOID);

        refuses(Verdict.Rule.TOO_MANY_OPERATIONS, three,
                new Screening(new Space(3, Space.Draw.ROWS, false, 2, null), Layers.LAPTOP, Layers.NUMERICS));
        refuses(Verdict.Rule.TOO_MANY_TENSOR_PASSES, three,
                new Screening(new Space(3, Space.Draw.ROWS, false, null, 7), Layers.LAPTOP, Layers.NUMERICS));
        assertThat(new Screening(new Space(3, Space.Draw.ROWS, false, 3, 8), Layers.LAPTOP, Layers.NUMERICS)
                .byRules(three)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void whatNoTrainingCouldSave() {
        refuses(Verdict.Rule.NON_FINITE, LayerGraph.of(Node.of(Elementwise.DIV, LayerGraph.X, LayerGraph.ZERO)));
        refuses(Verdict.Rule.NON_FINITE, Layers.withTower(Elementwise.ADD, 5));
        refuses(Verdict.Rule.CONSTANT, Layers.withTower(Elementwise.MAX, 4));
        var tiny = new Layers();
        int million = tiny.add(Elementwise.EXP, tiny.add(Elementwise.EXP,
                tiny.add(Elementwise.EXP, tiny.add(Elementwise.EXP, LayerGraph.ZERO))));
        tiny.add(Elementwise.DIV, LayerGraph.X, tiny.add(Elementwise.SQUARE, million));
        refuses(Verdict.Rule.NO_GRADIENT, tiny.graph());
        var maximumOfNothing = new Layers();
        int infinite = LayerGraph.ZERO;
        for (int i = 0; i < 5; i++) {
            infinite = maximumOfNothing.add(Elementwise.EXP, infinite);
        }
        maximumOfNothing.add(Elementwise.MAX, LayerGraph.X, maximumOfNothing.add(Elementwise.NEG, infinite));
        refuses(Verdict.Rule.NON_FINITE, maximumOfNothing.graph()); // what is infinite is no number to a worker
    }

    @Test
    void whatTenCopiesDoToASignal() {
        refuses(Verdict.Rule.STACK_NON_FINITE, Layers.chain(Elementwise.SQUARE, Elementwise.SQUARE));
        refuses(Verdict.Rule.STACK_NON_FINITE, LayerGraph.of(Node.of(Elementwise.DIV, LayerGraph.X, LayerGraph.V0)));
        refuses(Verdict.Rule.STACK_GROWTH, LayerGraph.of(Node.of(Elementwise.ADD, LayerGraph.X, LayerGraph.X)));
        refuses(Verdict.Rule.STACK_INDISTINCT, Layers.chain(Elementwise.SIGMOID));
        var sign = new Layers();
        sign.add(Elementwise.DIV, LayerGraph.X, sign.add(Elementwise.ABS, LayerGraph.X));
        refuses(Verdict.Rule.STACK_GRADIENT, sign.graph());
    }

    /** Shares measured in a trial with another implementation: 35 % reach x, half of these vary over space and samples. */
    @Test
    void randomGraphsAreRefusedAsOftenAsInTheTrial() {
        var graphs = new RandomGraphs(Layers.SPACE);
        var draws = new Draws(31, 0);
        var counts = new EnumMap<Verdict.Rule, Integer>(Verdict.Rule.class);
        int passed = 0;
        int total = 30_000;
        for (int i = 0; i < total; i++) {
            switch (screening.screen(graphs.graph(draws))) {
                case Verdict.Refused(var _, var rule, var _) -> counts.merge(rule, 1, Integer::sum);
                case Verdict.Passed _ -> passed++;
            }
        }

        assertThat(count(counts, Verdict.Rule.NO_INPUT) / (double) total).isBetween(0.63, 0.72);
        int constant = count(counts, Verdict.Rule.CONSTANT_OVER_SAMPLES)
                + count(counts, Verdict.Rule.CONSTANT_OVER_SPACE);
        assertThat(constant / (double) total).isBetween(0.07, 0.15);
        assertThat(counts.keySet()).contains(Verdict.Rule.NON_FINITE, Verdict.Rule.STACK_NON_FINITE,
                Verdict.Rule.STACK_GROWTH, Verdict.Rule.STACK_GRADIENT, Verdict.Rule.STACK_INDISTINCT);
        assertThat(passed / (double) total).isBetween(0.01, 0.08);
    }

    private static int count(Map<Verdict.Rule, Integer> counts, Verdict.Rule rule) {
        return counts.getOrDefault(rule, 0);
    }
}
