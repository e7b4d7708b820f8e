package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Formula;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.testing.MonteCarloArithmetic.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Guards against a rewrite for speed that changes what a layer means. {@code -Doracle.seed} draws other graphs and inputs,
 * {@code -Doracle.graphs} more of them.
 */
class GraphLayerEqualsInterpreterTest {

    private static final int[] CHANNELS = {8, 12, 16, 40};
    private static final int[] GROUPS = {4, 32};
    private static final double EPSILON = 1e-5;
    private static final double DOUBLE_TOLERANCE = 1e-8;
    private static final double SINGLE_TOLERANCE = 1e-4;
    private static final double NOISE = 1e-7;
    private static final double STEADY = 1e-5;
    /**
     * A graph that disagrees is excused if the interpreter's own result moves by half of the tolerance when each rounding of
     * the graph as it stands is off by at most one unit: gradients that cancel, and sigmoids that vanish under a logarithm.
     */
    private static final double ROUNDING_SHARE = 0.5;
    /** At most this share of the comparisons may be excused; some 0.05 % are in single precision. */
    private static final double MOST_EXCUSED = 0.005;
    private static final long SEED = Long.getLong("oracle.seed", 1);
    private static final int GRAPHS = Integer.getInteger("oracle.graphs", 1000);

    private int compared;
    private int unsteady;
    private int notFinite;
    private final List<String> found = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();

    /** One graph on one input, with the batch's statistics or with given ones. */
    private record Case(String name, Phenotype phenotype, Numerics numerics, Interpreter.Shape shape,
            Comparison comparison, Statistics statistics, BatchMoments moments, boolean channelsLast) {

        Comparison.Interpreted interpret() {
            return comparison.interpret(phenotype, numerics, statistics);
        }

        Comparison.Result run(DataType type) {
            return comparison.run(phenotype, constants -> new GraphLayer(phenotype, shape.c(), numerics, constants),
                    type,
                    channelsLast, moments);
        }

        boolean steady(Comparison.Result exact, RandomGenerator random) {
            var moved = comparison.disturbed(random, NOISE).interpret(phenotype, numerics, statistics);
            return moved.result().valueDistance(exact) < STEADY;
        }

        boolean decidedByRounding(Precision precision, double tolerance, RandomGenerator random) {
            return !(comparison.movedByRounding(phenotype, numerics, statistics, precision, random) < ROUNDING_SHARE
                    * tolerance);
        }

        String text() {
            return "%s, %s, %d groups, %s: %s".formatted(name,
                    statistics instanceof Statistics.OfTheBatch ? "training" : "evaluation", numerics.groups(), shape,
                    Formula.of(phenotype));
        }
    }

    /** A phenotype in training and, where that differs, in evaluation with the moments of other data. */
    private static List<Case> cases(String name, Phenotype phenotype, Numerics numerics, int channels,
            RandomGenerator random) {
        var shape = new Interpreter.Shape(2 + random.nextInt(3), channels, 1 + 2 * random.nextInt(3),
                3 + 2 * random.nextInt(2));
        boolean start = random.nextInt(4) == 0;
        var comparison = start ? new Comparison(random, shape).atStart() : new Comparison(random, shape);
        boolean channelsLast = random.nextBoolean();
        var both = new ArrayList<Case>();
        both.add(new Case(name, phenotype, numerics, shape, comparison, new Statistics.OfTheBatch(),
                BatchMoments.OF_BATCH, channelsLast));
        if (phenotype.usesBatchStatistics()) {
            var other = new Comparison(random, shape);
            var moments = other.interpret(phenotype, numerics, new Statistics.OfTheBatch()).moments();
            both.add(new Case(name, phenotype, numerics, shape, comparison, new Statistics.Population(moments),
                    Comparison.population(phenotype, moments), channelsLast));
        }
        return both;
    }

    private static List<Case> named(RandomGenerator random) {
        var cases = new ArrayList<Case>();
        for (String name : NamedLayers.names()) {
            LayerGraph graph = NamedLayers.find(name).orElseThrow();
            for (int channels : CHANNELS) {
                for (int groups : GROUPS) {
                    var numerics = new Numerics(groups, EPSILON);
                    cases.addAll(cases(name, new Simplifier(numerics).simplify(graph), numerics, channels, random));
                    cases.addAll(cases(name + " as written", Simplifier.literal(graph), numerics, channels, random));
                }
            }
        }
        return cases;
    }

    private static List<Case> random(int i, RandomGenerator random) {
        var draw = Graphs.Draw.values()[i % Graphs.Draw.values().length];
        var graph = Graphs.random(draw, random, 3 + random.nextInt(10));
        var numerics = new Numerics(GROUPS[random.nextInt(GROUPS.length)], EPSILON);
        boolean literal = i % 5 == 0;
        return cases("#" + i + (literal ? " as written" : ""),
                literal ? Simplifier.literal(graph) : new Simplifier(numerics).simplify(graph), numerics,
                CHANNELS[random.nextInt(CHANNELS.length)], random);
    }

    private void compareInDoublePrecision(Case one, RandomGenerator random) {
        var exact = one.interpret();
        if (!exact.finiteInFloat32()) {
            notFinite++;
        } else {
            judge(one, one.run(DataType.FLOAT64).distance(exact.result()), Precision.DOUBLE, DOUBLE_TOLERANCE, random);
        }
    }

    private void compareInSinglePrecision(Case one, RandomGenerator random) {
        var exact = one.interpret();
        var engine = one.run(DataType.FLOAT32);
        if (exact.finiteInFloat32() != engine.finite()) {
            found.add("finite is %s, expected %s: %s".formatted(engine.finite(), exact.finiteInFloat32(), one.text()));
        } else if (!engine.finite()) {
            notFinite++;
        } else if (!one.steady(exact.result(), random)) {
            unsteady++;
        } else {
            judge(one, engine.distance(exact.result()), Precision.SINGLE, SINGLE_TOLERANCE, random);
        }
    }

    private void judge(Case one, double distance, Precision precision, double tolerance, RandomGenerator random) {
        compared++;
        if (!(distance < tolerance)) {
            if (one.decidedByRounding(precision, tolerance, random)) {
                excused.add(distance + " " + one.text());
            } else {
                found.add(distance + " " + one.text());
            }
        }
    }

    @Test
    void namedLayersAgreeInDoublePrecision() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        named(random).forEach(one -> compareInDoublePrecision(one, random));
        assertThat(found).isEmpty();
        assertThat(excused).isEmpty();
        assertThat(notFinite).isZero();
    }

    @Test
    void namedLayersAgreeInSinglePrecision() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 1);
        named(random).forEach(one -> compareInSinglePrecision(one, random));
        assertThat(found).isEmpty();
        assertThat(excused).isEmpty();
        assertThat(unsteady + notFinite).isZero();
    }

    @Test
    void randomGraphsAgreeInDoublePrecision() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 2);
        for (int i = 0; i < GRAPHS; i++) {
            random(i, random).forEach(one -> compareInDoublePrecision(one, random));
        }
        assertThat(found).isEmpty();
        assertThat(compared).as("graphs that stayed finite").isGreaterThan(GRAPHS * 9 / 10);
        assertThat(excused).as("decided by rounding").hasSizeLessThanOrEqualTo((int) (MOST_EXCUSED * compared));
    }

    @Test
    void randomGraphsAgreeInSinglePrecisionWhereNoiseDoesNotMoveThem() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 3);
        for (int i = 0; i < GRAPHS; i++) {
            random(i, random).forEach(one -> compareInSinglePrecision(one, random));
        }
        assertThat(found).isEmpty();
        assertThat(compared).as("well-conditioned graphs").isGreaterThan(GRAPHS * 9 / 10);
        assertThat(excused).as("decided by rounding").hasSizeLessThanOrEqualTo((int) (MOST_EXCUSED * compared));
    }

    @AfterEach
    void publishCounts(TestReporter reporter) {
        reporter.publishEntry("%d compared, %d of them excused as decided by rounding, %d unsteady, %d not finite"
                .formatted(compared, excused.size(), unsteady, notFinite));
        excused.forEach(one -> reporter.publishEntry("excused: " + one));
    }
}
