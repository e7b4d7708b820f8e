package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Simplifier;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StackProbeMismeasuresTest {

    private static StackProbe.Measured measured(LayerGraph graph) {
        var phenotype = new Simplifier(Layers.NUMERICS).simplify(graph);
        return Objects.requireNonNull(new StackProbe(Layers.NUMERICS).measure(phenotype, StackProbe.arena()));
    }

    private static final LayerGraph IDENTITY = LayerGraph.of(Node.of(Elementwise.ADD, LayerGraph.X, LayerGraph.ZERO));

    /** Nine maps of variance 2/channels double the power nine times, but for their own randomness. */
    @Test
    void theIdentityGrowsWithTheMapsAlone() {
        var identity = measured(IDENTITY);

        assertThat(identity.growth()).isCloseTo(4.5 * Math.log10(2), within(0.4));
        assertThat(identity.gradientRatio()).isCloseTo(4.5 * Math.log10(2), within(0.4));
        assertThat(identity.sampleShare()).isCloseTo(7.0 / 8, within(0.05));
        assertThat(identity.positionShare()).isCloseTo(15.0 / 16, within(0.05));
    }

    @Test
    void tenHalvingsAreThreeDecadesForSignalAndGradient() {
        var half = new Layers();
        half.add(Elementwise.MUL, LayerGraph.X, half.add(Elementwise.SIGMOID, LayerGraph.ZERO));
        var identity = measured(IDENTITY);
        var halved = measured(half.graph());

        assertThat(halved.growth()).isCloseTo(identity.growth() - 10 * Math.log10(2), within(1e-9));
        assertThat(halved.gradientRatio()).isCloseTo(identity.gradientRatio() - 10 * Math.log10(2), within(1e-9));
        assertThat(halved.sampleShare()).isCloseTo(identity.sampleShare(), within(1e-9));
    }

    /** A normalized layer's last copy has power 1 whatever the maps do; ReLU keeps half of it. */
    @Test
    void normalizationSetsTheGrowth() {
        assertThat(measured(Layers.named("bn-relu")).growth()).isCloseTo(0.5 * Math.log10(0.5), within(0.05));
    }

    /** The same function as the identity where it matters, plus a constant that drowns it. */
    @Test
    void aLargeConstantTakesTheShareOfWhatDiffers() {
        var shifted = measured(Layers.withTower(Elementwise.ADD, 3));

        assertThat(shifted.sampleShare()).isLessThan(0.2);
        assertThat(shifted.positionShare()).isLessThan(0.2);
    }
}
