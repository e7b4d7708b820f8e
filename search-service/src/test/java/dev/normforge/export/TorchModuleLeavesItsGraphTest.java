package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated code run by a real Python against the interpreter. {@code -Dexport.seed} draws other graphs, {@code -Dexport.graphs}
 * more of them.
 */
class TorchModuleLeavesItsGraphTest {

    private static final int GRAPHS = Integer.getInteger("export.graphs", 200);
    private static final long SEED = Long.getLong("export.seed", 1);
    private static final ModuleName NAME = new ModuleName("Exported");
    private static final double NOISE = 1e-7;
    private static final double STEADY = 1e-5;
    private static final Shape SHAPE = new Shape(3, 8, 5, 4);

    @TempDir
    private Path folder;

    @Test
    void namedLayersAndRandomGraphsAgreeInEveryPrecision(TestReporter reporter) throws IOException {
        var python = Python.with("torch");
        var layers = layers();
        var texts = new LinkedHashMap<String, String>();
        for (var one : layers.entrySet()) {
            write(one.getKey(), one.getValue());
            texts.put(one.getKey(),
                    Formula.of(new Simplifier(one.getValue().numerics()).simplify(one.getValue().graph())));
        }
        var checker = Files.write(folder.resolveSibling(folder.getFileName() + ".py"), Objects
                .requireNonNull(getClass().getResourceAsStream("/export/check_torch.py")).readAllBytes());
        var ended = python.run(folder, checker.toString(), folder.toString());
        Files.delete(checker);
        reporter.publishEntry(ended.output().strip());
        assertThat(ended.exit()).as("%s%n%s", ended.output(), texts).isZero();
        assertThat(ended.output()).contains("\"double\": " + layers.size(), "\"half\": " + layers.size());
    }

    @Test
    void theFileFindsItsOwnMistake() throws IOException {
        var python = Python.with("torch");
        write("self", new Layer(NamedLayers.find("evonorm-b0").orElseThrow(), Numerics.DEFAULT));
        var self = folder.resolve("self");
        assertThat(python.run(self, "layer.py")).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).endsWith("agrees with the reference interpreter\n");
        });
        var text = Files.readString(self.resolve("layer.py"));
        Files.writeString(self.resolve("layer.py"), text.replace("unbiased=False", "unbiased=True"));
        assertThat(python.run(self, "layer.py")).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
            assertThat(ended.output()).endsWith("DIFFERS from the reference interpreter\n");
        });
    }

    private void write(String name, Layer layer) throws IOException {
        ExportFiles.write(NAME, layer, EnumSet.of(Format.PYTORCH, Format.FIXTURE), folder.resolve(name), false);
        if (steady(layer)) {
            Files.createFile(folder.resolve(name).resolve("steady"));
        }
    }

    private static Map<String, Layer> layers() {
        var layers = new LinkedHashMap<String, Layer>();
        for (var name : NamedLayers.names()) {
            layers.put(name, new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT));
        }
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; layers.size() < GRAPHS + NamedLayers.names().size(); i++) {
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

    /** Whether noise of the size of float32's rounding moves it little. */
    private static boolean steady(Layer layer) {
        return passes(layer).stream().allMatch(pass -> pass.moved() < STEADY);
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
        var vectors = fixture.parameters();
        var parameters = new Parameters(vectors.getOrDefault("v0", new double[SHAPE.c()]),
                vectors.getOrDefault("v1", vectors.getOrDefault("v", new double[SHAPE.c()])),
                Objects.requireNonNull(vectors.get("weight")),
                Objects.requireNonNull(vectors.get("bias")));
        return fixture.training().stream().map(step -> {
            var noisy = new double[step.x().length];
            Arrays.setAll(noisy, i -> step.x()[i] * (1 + NOISE * random.nextGaussian()));
            var y = interpreter.forward(noisy, SHAPE, parameters, new Statistics.OfTheBatch());
            var gradient = interpreter.backward(step.upstream()).x();
            return new Pass(interpreter.finiteInFloat32(), Math.max(distance(y, step.y()),
                    distance(gradient, Objects.requireNonNull(step.gradients().get("x")))));
        }).toList();
    }

    private static double distance(double[] actual, double[] expected) {
        double square = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            square += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(square / Math.max(norm, 1e-300));
    }
}
