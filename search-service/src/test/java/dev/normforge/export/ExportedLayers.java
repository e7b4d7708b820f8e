package dev.normforge.export;

import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import dev.normforge.protocol.SearchSpec.Space;
import dev.normforge.testing.MonteCarloArithmetic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What exports are tested with. {@code -Dexport.seed} draws other graphs, {@code -Dexport.graphs} and {@code -Dexport.few} more of them. */
final class ExportedLayers {

    static final Shape SHAPE = new Shape(3, 8, 5, 4);
    private static final int GRAPHS = Integer.getInteger("export.graphs", 200);
    private static final int FEW = Integer.getInteger("export.few", 15);
    private static final long SEED = Long.getLong("export.seed", 1);
    private static final double NOISE = 1e-7;
    private static final double STEADY = 1e-5;
    static final int DRAWS = 8;
    static final double HALF_TOLERANCE = 5e-5;

    private ExportedLayers() {
    }

    /** For a framework that takes its time: published ones and fewer random ones. */
    static Map<String, Layer> some() {
        return upTo(FEW);
    }

    /** Published ones and random valid ones, by name. */
    static Map<String, Layer> all() {
        return upTo(GRAPHS);
    }

    private static Map<String, Layer> upTo(int graphs) {
        var layers = new LinkedHashMap<String, Layer>();
        for (var name : NamedLayers.names()) {
            layers.put(name, new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT));
        }
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; layers.size() < graphs + NamedLayers.names().size(); i++) {
            var draw = Space.Draw.values()[i % 2];
            var graph = new RandomGraphs(new Space(5 + i % 8, draw, false, null, null)).graph(random);
            var layer = new Layer(graph, new Numerics(32, 1e-5));
            if (valid(layer)) {
                layers.put("random-" + i, layer);
            }
        }
        return layers;
    }

    /** What a search would train: it reads x, varies over everything, and stays within float32 on the fixture. */
    private static boolean valid(Layer layer) {
        var phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        return phenotype.uses(Term.Source.X) && phenotype.output().extent().equals(Extent.FULL)
                && passes(layer).stream().allMatch(Pass::finite);
    }

    /**
     * Whether float32 can tell its values and gradients: noise of 1e-7 moves them by less than 1e-5, and errors of one unit in
     * the last place of everything in between by less than half of the tolerance, as in the worker's own tests.
     */
    static boolean steady(Layer layer) {
        var fixture = Fixture.of(layer);
        return passes(layer).stream().allMatch(pass -> pass.moved() < STEADY)
                && Stream.concat(fixture.training().stream(), Stream.of(fixture.evaluation())).allMatch(
                        step -> IntStream.range(0, DRAWS).allMatch(draw -> told(layer, fixture, step, draw)));
    }

    private static boolean told(Layer layer, Fixture fixture, Fixture.Step step, int draw) {
        var statistics = step == fixture.evaluation() ? population(layer, fixture) : new Statistics.OfTheBatch();
        var computed = rounded(layer, fixture, SHAPE, step.x(), step.upstream(), statistics, draw);
        return distance(computed.output(), step.y()) < HALF_TOLERANCE
                && distance(computed.gradients().x(),
                        Objects.requireNonNull(step.gradients().get("x"))) < HALF_TOLERANCE;
    }

    /** What float32's rounding may make of it. */
    static MonteCarloArithmetic.Computed rounded(Layer layer, Fixture fixture, Shape shape, double[] x,
            double[] upstream, Statistics statistics, int draw) {
        var numerics = new Numerics(fixture.groups(), fixture.eps());
        return new MonteCarloArithmetic(new Simplifier(numerics).simplify(layer.graph()), numerics, shape,
                MonteCarloArithmetic.Precision.SINGLE, RandomGeneratorFactory.of("L64X128MixRandom").create(draw))
                .run(x, parameters(fixture), statistics, upstream);
    }

    /** The running statistics after a fixture's training. */
    static Statistics population(Layer layer, Fixture fixture) {
        var numerics = new Numerics(fixture.groups(), fixture.eps());
        var running = fixture.training().getLast().running();
        return new Statistics.Population(RunningStatistics.of(new Simplifier(numerics).simplify(layer.graph())).all()
                .stream().map(buffer -> Objects.requireNonNull(running.get(buffer.name())))
                .map(kept -> new Interpreter.Moments(kept, kept, kept)).toList());
    }

    /** @param moved by how much noise moves output and gradient, norm-wise */
    private record Pass(boolean finite, double moved) {
    }

    /** The interpreter on the fixture's numbers, and on the same with noise. */
    private static List<Pass> passes(Layer layer) {
        var fixture = Fixture.of(layer);
        var numerics = new Numerics(fixture.groups(), fixture.eps());
        var interpreter = new Interpreter(new Simplifier(numerics).simplify(layer.graph()), numerics);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var parameters = parameters(fixture);
        return fixture.training().stream().map(step -> {
            var noisy = new double[step.x().length];
            Arrays.setAll(noisy, i -> step.x()[i] * (1 + NOISE * random.nextGaussian()));
            var y = interpreter.forward(noisy, SHAPE, parameters, new Statistics.OfTheBatch());
            var gradient = interpreter.backward(step.upstream()).x();
            return new Pass(interpreter.finiteInFloat32(), Math.max(distance(y, step.y()),
                    distance(gradient, Objects.requireNonNull(step.gradients().get("x")))));
        }).toList();
    }

    /** Norm-wise. */
    static double distance(double[] actual, double[] expected) {
        double square = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            square += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(square / Math.max(norm, 1e-300));
    }

    /** A fixture's, as the interpreter takes them. */
    static Parameters parameters(Fixture fixture) {
        var vectors = fixture.parameters();
        return new Parameters(vectors.getOrDefault("v0", new double[SHAPE.c()]),
                vectors.getOrDefault("v1", vectors.getOrDefault("v", new double[SHAPE.c()])),
                Objects.requireNonNull(vectors.get("weight")),
                Objects.requireNonNull(vectors.get("bias")));
    }
}
