package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A value that an extent calls constant over an axis is: else it would be computed in too small a shape. */
class ExtentIsNeverTooNarrowTest {

    private static final Shape SHAPE = new Shape(2, 8, 2, 3);
    private static final int PLANE = 6;
    private static final Numerics NUMERICS = new Numerics(4, 1e-5);

    @Test
    void ofAnyTermOfRandomGraphs() {
        var random = new SplittableRandom(61);
        int narrow = 0;
        for (int i = 0; i < 1500; i++) {
            var graph = RandomGraphs.draw(random, 10);
            for (var whole : new Phenotype[]{Simplifier.literal(graph), new Simplifier(NUMERICS).simplify(graph)}) {
                for (int t = 0; t < whole.terms().size(); t++) {
                    var term = new Phenotype(whole.terms().subList(0, t + 1));
                    narrow += term.output().extent().isFull() ? 0 : 1;
                    check(term, random);
                }
            }
        }
        assertThat(narrow).isGreaterThan(2000);
    }

    private static void check(Phenotype phenotype, SplittableRandom random) {
        var parameters = new Interpreter.Parameters(Samples.normal(random, 8), Samples.normal(random, 8),
                new double[]{1, 1, 1, 1, 1, 1, 1, 1}, new double[8]);
        var interpreter = new Interpreter(phenotype, NUMERICS);
        var output = interpreter.forward(Samples.normal(random, SHAPE.size()), SHAPE, parameters,
                new Statistics.OfTheBatch());
        if (!interpreter.finiteInFloat32()) {
            return;
        }
        var extent = phenotype.output().extent();
        for (int i = 0; i < output.length; i++) {
            double same = output[representative(extent, i)];
            assertThat(output[i]).as("%s", phenotype).isCloseTo(same, within(1e-9 * Math.max(1, Math.abs(same))));
        }
    }

    /** The first element that must be equal. */
    private static int representative(Extent extent, int i) {
        int n = extent.batch() ? i / (PLANE * 8) : 0;
        int c = i / PLANE % 8;
        int channel = switch (extent.channel()) {
            case NONE -> 0;
            case GROUP -> c / 2 * 2;
            case FULL -> c;
        };
        return (n * 8 + channel) * PLANE + (extent.space() ? i % PLANE : 0);
    }

    @Test
    void itsTextNamesTheAxes() {
        assertThat(Extent.FULL.text()).isEqualTo("N C H W");
        assertThat(Extent.PER_CHANNEL.text()).isEqualTo("1 C 1 1");
        assertThat(Extent.SCALAR.text()).isEqualTo("1 1 1 1");
        assertThat(Extent.FULL.after(IndexSet.GROUP).text()).isEqualTo("N G 1 1");
    }
}
