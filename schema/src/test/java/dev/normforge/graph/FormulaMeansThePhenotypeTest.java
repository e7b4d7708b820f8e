package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FormulaMeansThePhenotypeTest {

    private static final Numerics NUMERICS = new Numerics(4, 0.25);

    @Test
    void namedLayersReadAsPublished() {
        assertReads("relu", "max(x, 0)");
        assertReads("affine-relu", "max(v1 * x + v0, 0)");
        assertReads("bn-relu", "max(v1 * ((x - mean_bwh(x)) / std_bwh(x)) + v0, 0)");
        assertReads("gn-silu",
                "a * sigmoid(a) where a = v1 * ((x - mean_whc/g(x)) / std_whc/g(x)) + v0");
        assertReads("evonorm-b0", "x / max(std_bwh(x), v1 * x + std_wh(x))");
        assertReads("evonorm-b1", "x / max(std_bwh(x), (x + 1) * rms_wh(x))");
        assertReads("evonorm-b2", "x / max(std_bwh(x), rms_wh(x) - x)");
        assertReads("evonorm-s0", "x * sigmoid(v1 * x) / std_whc/g(x)");
        assertReads("evonorm-s2", "x * sigmoid(x) / rms_whc/g(x)");
    }

    @Test
    void linesNameInputsAndExtents() {
        assertThat(Formula.lines(new Simplifier(NUMERICS).simplify(NamedLayers.find("evonorm-s2").orElseThrow())))
                .containsExactly("t0   = x               N C H W", "t1   = sigmoid(t0)     N C H W",
                        "t2   = mul(t0, t1)     N C H W", "t3   = rms_whc/g(t0)   N G 1 1",
                        "t4   = div(t2, t3)     N C H W");
    }

    /** Sixty-four nested or doubled operations must not make exponentially long text, or take exponentially long. */
    @Test
    @Timeout(10)
    void deepGraphsStayShort() {
        for (var op : List.of(Elementwise.MAX, Elementwise.ADD, Elementwise.MUL, Elementwise.DIV)) {
            var nested = new ArrayList<Node>();
            var doubled = new ArrayList<Node>();
            for (int i = 0; i < LayerGraph.MAX_NODES; i++) {
                int last = i == 0 ? LayerGraph.X : LayerGraph.INPUTS + i - 1;
                nested.add(Node.of(op, last, LayerGraph.V0));
                doubled.add(Node.of(op, last, last));
            }
            assertThat(Formula.of(Simplifier.literal(new LayerGraph(nested)))).hasSizeLessThan(2000);
            assertThat(Formula.of(Simplifier.literal(new LayerGraph(doubled)))).hasSizeLessThan(2000);
        }
    }

    /** The text, read back with the usual precedence, gives the interpreter's number (one sample, channel and pixel). */
    @Test
    void readBackItHasTheSameValue() {
        var random = new SplittableRandom(91);
        int compared = 0;
        for (int i = 0; i < 4000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(14));
            var phenotype = i % 2 == 0 ? Simplifier.literal(graph) : new Simplifier(NUMERICS).simplify(graph);
            double x = random.nextGaussian();
            double v0 = random.nextGaussian();
            double v1 = random.nextGaussian();
            double expected = new Interpreter(phenotype, NUMERICS).forward(new double[]{x}, new Shape(1, 1, 1, 1),
                    new Parameters(new double[]{v0}, new double[]{v1}, new double[]{1}, new double[1]),
                    new Statistics.OfTheBatch())[0];
            if (Math.abs(expected) > 1e-3 && Math.abs(expected) < 1e3) {
                var text = Formula.of(phenotype);
                assertThat(new Reader(text, x, v0, v1).value()).as("%s of %s", text, phenotype).isCloseTo(expected,
                        within(1e-3 * Math.abs(expected)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2000);
    }

    private static void assertReads(String name, String formula) {
        assertThat(Formula.of(new Simplifier(NUMERICS).simplify(NamedLayers.find(name).orElseThrow())))
                .isEqualTo(formula);
    }

    /** A recursive-descent reader of formulas on single numbers: a mean is its input, a deviation √ε. */
    private static final class Reader {

        private final Map<String, Double> names = new HashMap<>();
        private final String output;
        private String text = "";
        private int at;

        Reader(String formula, double x, double v0, double v1) {
            names.putAll(Map.of("x", x, "v0", v0, "v1", v1));
            var parts = formula.split(" where ", 2);
            output = parts[0];
            if (parts.length > 1) {
                text = parts[1];
                while (at < text.length()) {
                    var name = word();
                    expect(" = ");
                    names.put(name, sum());
                    at += text.startsWith(", ", at) ? 2 : 0;
                }
            }
        }

        double value() {
            text = output;
            at = 0;
            double value = sum();
            assertThat(at).as("all of %s is read", text).isEqualTo(text.length());
            return value;
        }

        private double sum() {
            double value = product();
            while (true) {
                if (accept(" + ")) {
                    value += product();
                } else if (accept(" - ")) {
                    value -= product();
                } else {
                    return value;
                }
            }
        }

        private double product() {
            double value = factor();
            while (true) {
                if (accept(" * ")) {
                    value *= factor();
                } else if (accept(" / ")) {
                    value /= factor();
                } else {
                    return value;
                }
            }
        }

        private double factor() {
            if (accept("-")) {
                return -factor();
            }
            if (accept("(")) {
                double inner = sum();
                expect(")");
                return inner;
            }
            if (Character.isDigit(text.charAt(at))) {
                int start = at;
                while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.'
                        || text.charAt(at) == 'e' || text.charAt(at - 1) == 'e')) {
                    at++;
                }
                return Double.parseDouble(text.substring(start, at));
            }
            var name = word();
            if (!accept("(")) {
                return Objects.requireNonNull(names.get(name), name);
            }
            double a = sum();
            double b = accept(", ") ? sum() : 0;
            expect(")");
            var op = name.contains("_") ? name.substring(0, name.indexOf('_')) : name;
            return switch (op) {
                case "mean" -> a;
                case "rms" -> Math.sqrt(a * a + NUMERICS.epsilon());
                case "std" -> Math.sqrt(NUMERICS.epsilon());
                default -> Elementwise.valueOf(op.toUpperCase(Locale.ROOT)).apply(a, b, NUMERICS.epsilon());
            };
        }

        private String word() {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_'
                    || text.startsWith("/g", at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean accept(String token) {
            boolean found = text.startsWith(token, at);
            at += found ? token.length() : 0;
            return found;
        }

        private void expect(String token) {
            assertThat(accept(token)).as("%s at %d of %s", token, at, text).isTrue();
        }
    }
}
