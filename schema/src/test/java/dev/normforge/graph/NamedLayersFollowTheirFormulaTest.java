package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every named layer against its published formula, written out here once more with loops of its own. */
class NamedLayersFollowTheirFormulaTest {

    private static final double EPSILON = 1e-5;
    private static final int GROUPS = 4;
    private static final int N = 3;
    private static final int C = 8;
    private static final int H = 3;
    private static final int W = 5;
    private static final Shape SHAPE = new Shape(N, C, H, W);

    private final double[] x;
    private final Parameters parameters;

    NamedLayersFollowTheirFormulaTest() {
        var random = new SplittableRandom(41);
        x = Samples.normal(random, SHAPE.size());
        parameters = Samples.parameters(random, SHAPE);
    }

    @Test
    void allOfThem() {
        for (var name : NamedLayers.names()) {
            var graph = NamedLayers.find(name).orElseThrow();
            for (var phenotype : new Phenotype[]{Simplifier.literal(graph),
                    new Simplifier(new Numerics(GROUPS, EPSILON)).simplify(graph)}) {
                var actual = new Interpreter(phenotype, new Numerics(GROUPS, EPSILON)).forward(x, SHAPE, parameters,
                        new Statistics.OfTheBatch());
                for (int i = 0; i < x.length; i++) {
                    int c = channel(i);
                    double expected = parameters.gamma()[c] * published(name, i) + parameters.beta()[c];
                    assertThat(actual[i]).as("%s at %d", name, i).isCloseTo(expected, offset(1e-10));
                }
            }
        }
    }

    private double published(String name, int i) {
        double v0 = parameters.v0()[channel(i)];
        double v1 = parameters.v1()[channel(i)];
        return switch (name) {
            case "bn-relu" -> Math.max(0, v1 * z(IndexSet.BATCH, i) + v0);
            case "gn-relu" -> Math.max(0, v1 * z(IndexSet.GROUP, i) + v0);
            case "ln-relu" -> Math.max(0, v1 * z(IndexSet.LAYER, i) + v0);
            case "in-relu" -> Math.max(0, v1 * z(IndexSet.INSTANCE, i) + v0);
            case "bn-silu" -> silu(v1 * z(IndexSet.BATCH, i) + v0);
            case "gn-silu" -> silu(v1 * z(IndexSet.GROUP, i) + v0);
            case "affine-relu" -> Math.max(0, v1 * x[i] + v0);
            case "relu" -> Math.max(0, x[i]);
            case "evonorm-b0" -> x[i] / Math.max(std(IndexSet.BATCH, i), v1 * x[i] + std(IndexSet.INSTANCE, i));
            case "evonorm-b1" -> x[i] / Math.max(std(IndexSet.BATCH, i), (x[i] + 1) * rms(IndexSet.INSTANCE, i));
            case "evonorm-b2" -> x[i] / Math.max(std(IndexSet.BATCH, i), rms(IndexSet.INSTANCE, i) - x[i]);
            case "evonorm-s0" -> x[i] * sigmoid(v1 * x[i]) / std(IndexSet.GROUP, i);
            case "evonorm-s1" -> x[i] * sigmoid(x[i]) / std(IndexSet.GROUP, i);
            case "evonorm-s2" -> x[i] * sigmoid(x[i]) / rms(IndexSet.GROUP, i);
            default -> throw new AssertionError("no formula for " + name);
        };
    }

    private static double silu(double u) {
        return u * sigmoid(u);
    }

    private static double sigmoid(double u) {
        return 1 / (1 + Math.exp(-u));
    }

    private double z(IndexSet over, int i) {
        return (x[i] - Arrays.stream(members(over, i)).average().orElseThrow()) / std(over, i);
    }

    private double std(IndexSet over, int i) {
        var members = members(over, i);
        double mean = Arrays.stream(members).average().orElseThrow();
        return Math.sqrt(Arrays.stream(members).map(a -> (a - mean) * (a - mean)).average().orElseThrow() + EPSILON);
    }

    private double rms(IndexSet over, int i) {
        return Math.sqrt(Arrays.stream(members(over, i)).map(a -> a * a).average().orElseThrow() + EPSILON);
    }

    private double[] members(IndexSet over, int i) {
        IntPredicate shares = switch (over) {
            case BATCH -> k -> channel(k) == channel(i);
            case LAYER -> k -> sample(k) == sample(i);
            case INSTANCE -> k -> sample(k) == sample(i) && channel(k) == channel(i);
            case GROUP -> k -> sample(k) == sample(i) && channel(k) * GROUPS / C == channel(i) * GROUPS / C;
        };
        return IntStream.range(0, x.length).filter(shares).mapToDouble(k -> x[k]).toArray();
    }

    private static int sample(int i) {
        return i / (C * H * W);
    }

    private static int channel(int i) {
        return i / (H * W) % C;
    }
}
