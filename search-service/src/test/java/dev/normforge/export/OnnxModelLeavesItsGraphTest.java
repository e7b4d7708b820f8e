package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.normforge.graph.Formula;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Models run by ONNX Runtime, with parameters and running statistics as they are after two steps, against the interpreter. */
class OnnxModelLeavesItsGraphTest {

    private static final double TOLERANCE = 1e-4;
    private static final ModuleName NAME = new ModuleName("Exported");
    /** Neither batch nor size of the fixture. */
    private static final Shape OTHER = new Shape(2, 8, 3, 7);

    @TempDir
    private Path folder;

    private final List<String> found = new ArrayList<>();
    private int compared;
    private int unsteady;

    @Test
    void namedLayersAndRandomGraphsAgreeForAnyBatchAndSize(TestReporter reporter) throws OrtException {
        try (var environment = OrtEnvironment.getEnvironment(); var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            for (var layer : ExportedLayers.all().entrySet()) {
                compare(environment, options, layer.getKey(), layer.getValue());
            }
        }
        reporter.publishEntry("%d compared, %d unsteady".formatted(compared, unsteady));
        assertThat(found).isEmpty();
        assertThat(compared).isGreaterThan(20 * unsteady);
    }

    private void compare(OrtEnvironment environment, OrtSession.SessionOptions options, String name, Layer layer)
            throws OrtException {
        var fixture = Fixture.of(layer);
        var small = new Layer(layer.graph(), new Numerics(fixture.groups(), fixture.eps()));
        var bytes = OnnxModel.of(NAME, small, fixture.numFeatures(), after(fixture)).toByteArray();
        try (var session = environment.createSession(bytes, options)) {
            for (var shape : List.of(ExportedLayers.SHAPE, OTHER)) {
                var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
                var x = random.doubles(shape.size(), -2, 2).toArray();
                var noisy = new double[x.length];
                Arrays.setAll(noisy, i -> x[i] * (1 + 1e-7 * random.nextGaussian()));
                var exact = interpreted(small, fixture, shape, x);
                boolean steady = ExportedLayers.distance(interpreted(small, fixture, shape, noisy), exact) < 1e-5
                        && IntStream.range(0, ExportedLayers.DRAWS).allMatch(draw -> ExportedLayers.distance(
                                ExportedLayers.rounded(small, fixture, shape, x, new double[x.length],
                                        ExportedLayers.population(small, fixture), draw).output(),
                                exact) < ExportedLayers.HALF_TOLERANCE);
                if (!steady) {
                    unsteady++;
                    continue;
                }
                compared++;
                double far = ExportedLayers.distance(run(environment, session, shape, x), exact);
                if (!(far < TOLERANCE)) {
                    found.add("%s on %s: %s: %s".formatted(name, shape, far,
                            Formula.of(new Simplifier(small.numerics()).simplify(small.graph()))));
                }
            }
        }
    }

    private static Map<String, double[]> after(Fixture fixture) {
        var values = new LinkedHashMap<>(fixture.parameters());
        values.putAll(fixture.training().getLast().running());
        return values;
    }

    private static double[] interpreted(Layer layer, Fixture fixture, Shape shape, double[] x) {
        var phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        return new Interpreter(phenotype, layer.numerics()).forward(x, shape, ExportedLayers.parameters(fixture),
                ExportedLayers.population(layer, fixture));
    }

    private static double[] run(OrtEnvironment environment, OrtSession session, Shape shape, double[] x)
            throws OrtException {
        var floats = FloatBuffer.allocate(x.length);
        for (double number : x) {
            floats.put((float) number);
        }
        long[] dimensions = {shape.n(), shape.c(), shape.h(), shape.w()};
        try (var input = OnnxTensor.createTensor(environment, floats.flip(), dimensions);
                var results = session.run(Map.of("x", input))) {
            var output = (OnnxTensor) results.get(0);
            assertThat(output.getInfo().getShape()).isEqualTo(dimensions);
            var buffer = output.getFloatBuffer();
            var numbers = new double[buffer.remaining()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = buffer.get(i);
            }
            return numbers;
        }
    }

    @Test
    void theCheckerOfOnnxAcceptsEveryModel() throws IOException {
        var python = Python.with("onnx");
        var layers = ExportedLayers.all();
        for (var layer : layers.entrySet()) {
            Files.write(folder.resolve(layer.getKey() + ".onnx"),
                    Format.ONNX.bytes(new Export(NAME, layer.getValue(), 12)));
        }
        var ended = python.run(folder, "-c", """
                import glob, onnx
                for file in glob.glob("*.onnx"):
                    model = onnx.load(file)
                    onnx.checker.check_model(model, full_check=True)
                    assert [o.version for o in model.opset_import] == [17]
                print(len(glob.glob("*.onnx")), "models")
                """);
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains(layers.size() + " models");
    }
}
