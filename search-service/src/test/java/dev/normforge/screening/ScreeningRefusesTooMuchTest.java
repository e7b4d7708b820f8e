package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.SearchSpec.Screen;
import dev.normforge.protocol.SearchSpec.Space;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreeningRefusesTooMuchTest {

    private static final Screen NO_STACK = new Screen(null);

    /** The limits of the stack probe are those of the laptop preset. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 32})
    void everyPublishedLayerPassesAllThree(int groups) {
        var screening = new Screening(Layers.SPACE, Layers.LAPTOP, new Numerics(groups, 1e-5));

        assertThat(NamedLayers.names()).isNotEmpty().allSatisfy(
                name -> assertThat(screening.screen(Layers.named(name))).isInstanceOf(Verdict.Passed.class));
    }

    @Test
    void batchIndependenceForbidsLiveAggregationsOnly() {
        var independent = new Screening(new Space(10, Space.Draw.ROWS, true, null, null), Layers.LAPTOP,
                Layers.NUMERICS);
        var dead = new Layers();
        dead.add(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), LayerGraph.X);
        dead.add(Elementwise.TANH, LayerGraph.X);

        assertThat(independent.screen(dead.graph())).isInstanceOf(Verdict.Passed.class);
        assertThat(NamedLayers.names().stream()
                .filter(name -> independent.screen(Layers.named(name)) instanceof Verdict.Passed))
                .containsExactlyInAnyOrder("gn-relu", "ln-relu", "in-relu", "gn-silu", "affine-relu", "relu",
                        "evonorm-s0", "evonorm-s1", "evonorm-s2");
    }

    /** Each of these fails in some trial of the numeric probe, and could be trained all the same, or is left to the stack. */
    @Test
    void theNumericProbeLetsThroughWhatFailsOnlySometimes() {
        var screening = new Screening(Layers.SPACE, NO_STACK, Layers.NUMERICS);
        var dividedByV0 = LayerGraph.of(Node.of(Elementwise.DIV, LayerGraph.X, LayerGraph.V0));
        var sign = new Layers();
        sign.add(Elementwise.DIV, LayerGraph.X, sign.add(Elementwise.ABS, LayerGraph.X));
        var onlyLargeOnesPass = Layers.withTower(Elementwise.MAX, 3);
        var overflowsForLargeOnes = Layers.chain(Elementwise.EXP, Elementwise.EXP, Elementwise.EXP);

        var linearAfterOneStep = new Layers();
        int positive = linearAfterOneStep.add(Elementwise.MAX, LayerGraph.V1, LayerGraph.ZERO);
        linearAfterOneStep.add(Elementwise.DIV,
                linearAfterOneStep.add(Elementwise.ADD,
                        linearAfterOneStep.add(Elementwise.MUL, LayerGraph.V0, LayerGraph.X), positive),
                positive);
        var onlyOutliersPass = new Layers();
        onlyOutliersPass.add(Elementwise.MAX, LayerGraph.X,
                onlyOutliersPass.add(Elementwise.EXP, onlyOutliersPass.add(
                        new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.BATCH),
                        onlyOutliersPass.add(Elementwise.ADD, LayerGraph.X, LayerGraph.X))));
        assertThat(
                List.of(dividedByV0, sign.graph(), onlyLargeOnesPass, overflowsForLargeOnes,
                        linearAfterOneStep.graph(), onlyOutliersPass.graph()))
                .allSatisfy(graph -> assertThat(screening.screen(graph)).isInstanceOf(Verdict.Passed.class));
    }
}
