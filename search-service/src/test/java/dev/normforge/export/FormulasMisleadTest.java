package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.testing.Program;
import dev.normforge.testing.Python;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that people copy formulas from: set from the same walk over the graph as what is computed here. */
class FormulasMisleadTest {

    private static final ModuleName NAME = new ModuleName("Exported");

    /** A fraction as a factor, under a power and with a sign, which random graphs seldom have. */
    private static final Layer BARS = new Layer(LayerGraph.of(Node.of(Elementwise.DIV, LayerGraph.X, LayerGraph.V1),
            Node.of(Elementwise.SQUARE, 4), Node.of(Elementwise.MUL, 5, 4), Node.of(Elementwise.NEG, 4),
            Node.of(Elementwise.ADD, 6, 7)), Numerics.DEFAULT);

    @TempDir
    private Path folder;

    @TempDir
    private Path scripts;

    private static Layer named(String name) {
        return new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT);
    }

    @Test
    void whatIsSetWithFewestParenthesesIsWhatTheGraphComputes() throws IOException {
        var python = Python.with("numpy");
        var layers = ExportedLayers.all();
        layers.put("bars", BARS);
        for (var layer : layers.entrySet()) {
            var into = folder.resolve(layer.getKey());
            ExportFiles.write(new Export(NAME, layer.getValue(), 8), EnumSet.of(Format.FIXTURE), into, false);
            var phenotype = new Simplifier(layer.getValue().numerics()).simplify(layer.getValue().graph());
            var formula = Written.of(phenotype, new PythonNotation());
            Files.writeString(into.resolve("formula.py"), formula.definitions().stream()
                    .map(definition -> definition.name() + " = " + definition.text() + "\n")
                    .collect(Collectors.joining()) + "z = " + formula.output() + "\n");
        }
        Path script;
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/export/check_formula.py"))) {
            script = Files.write(scripts.resolve("check_formula.py"), in.readAllBytes());
        }
        var ended = python.run(folder, script.toString(), folder.toString());
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains(layers.size() + " formulas, 0 wrong");
    }

    @Test
    void theBestKnownLayerIsSetAsInThePaper() {
        assertThat(Documents.latex(NAME, named("evonorm-b0"))).contains(
                "y &= \\frac{x}{\\max\\left(v_1 \\cdot x + s_{w,h}\\left(x\\right),\\, s_{b,w,h}\\left(x\\right)\\right)} \\cdot \\gamma + \\beta");
        assertThat(Documents.latex(NAME, named("gn-silu"))).contains("a &= ").contains("\\sigma\\left(a\\right)");
    }

    /** What {@link PythonNotation} has as signs. */
    @Test
    void barsGroupFractionsExceptUnderAPower() {
        int first = LayerGraph.INPUTS;
        var ratio = Node.of(Elementwise.DIV, LayerGraph.X, LayerGraph.V1);
        assertThat(latex(ratio, Node.of(Elementwise.MUL, LayerGraph.V0, first))).contains(
                "y &= v_0 \\cdot \\frac{x}{v_1} \\cdot \\gamma + \\beta");
        assertThat(latex(ratio, Node.of(Elementwise.SQUARE, first))).contains(
                "y &= {\\left(\\frac{x}{v_1}\\right)}^2 \\cdot \\gamma + \\beta");
        assertThat(latex(ratio, Node.of(Elementwise.NEG, first))).contains(
                "y &= -\\frac{x}{v_1} \\cdot \\gamma + \\beta");
        assertThat(latex(Node.of(Elementwise.ADD, LayerGraph.X, LayerGraph.V1))).contains(
                "y &= \\left(x + v_1\\right) \\cdot \\gamma + \\beta");
    }

    /** As {@link dev.normforge.graph.Formula} has it: the two stand beside each other. */
    @Test
    void sumsAndProductsAreInTheOrderOfTheText() {
        int first = LayerGraph.INPUTS;
        var one = Node.of(Elementwise.EXP, LayerGraph.ZERO);
        assertThat(latex(one, Node.of(Elementwise.ADD, first, LayerGraph.X))).contains("\\left(x + 1\\right)");
        assertThat(latex(one, Node.of(Elementwise.ADD, LayerGraph.V1, LayerGraph.X),
                Node.of(Elementwise.ADD, first, first + 1))).contains("x + v_1 + 1");
        assertThat(latex(Node.of(Elementwise.SIGMOID, LayerGraph.X),
                Node.of(Elementwise.MUL, first, LayerGraph.X), Node.of(Elementwise.MUL, first + 1, LayerGraph.V1)))
                .contains("x \\cdot \\sigma\\left(x\\right) \\cdot v_1");
    }

    private static String latex(Node... nodes) {
        return Documents.latex(NAME, new Layer(LayerGraph.of(nodes), Numerics.DEFAULT));
    }

    @Test
    void mathMlIsWellFormedAndHoldsNothingThatRuns() throws Exception {
        for (var layer : ExportedLayers.all().values()) {
            var text = Documents.mathMl(layer);
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var elements = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                assertThat(List.of("math", "mtable", "mtr", "mtd", "mrow", "mi", "mn", "mo", "msub", "msup", "mfrac",
                        "mtext")).contains(elements.item(i).getNodeName());
            }
        }
    }

    @Test
    void latexCompiles() throws IOException {
        var latex = Program.named("pdflatex");
        var body = new StringBuilder();
        for (var layer : ExportedLayers.all().values()) {
            var text = Documents.latex(NAME, layer);
            body.append(text, text.indexOf("\\begin{align*}"), text.indexOf("\\end{document}")).append("\n");
        }
        var one = Documents.latex(NAME, named("evonorm-s0"));
        Files.writeString(folder.resolve("one.tex"), one);
        Files.writeString(folder.resolve("all.tex"), one.substring(0, one.indexOf("\\begin{align*}")) + body
                + "\\end{document}\n");
        for (var file : List.of("one.tex", "all.tex")) {
            var ended = latex.run(folder, "-interaction=nonstopmode", "-halt-on-error", file);
            assertThat(ended.exit()).as(ended.output()).isZero();
        }
    }

    @Test
    void graphvizDrawsEveryGraphWithItsUnusedNodes() throws IOException {
        var dot = Program.named("dot");
        int unused = 0;
        for (var layer : ExportedLayers.all().entrySet()) {
            var text = Drawings.dot(new ModuleName("Graph"), layer.getValue().graph());
            var file = Files.writeString(folder.resolve(layer.getKey() + ".dot"), text);
            assertThat(text.lines().filter(line -> line.contains("[label=") && !line.contains("->")).count())
                    .isGreaterThanOrEqualTo(layer.getValue().graph().nodes().size());
            unused += text.contains("dashed") ? 1 : 0;
            Files.writeString(folder.resolve("all.txt"), file + "\n", java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        assertThat(unused).isPositive();
        var ended = dot.run(folder, Files.readAllLines(folder.resolve("all.txt")), "-Tsvg", "-O");
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(folder.resolve("evonorm-b0.dot.svg")).content().contains("std bwh", "divisor");
    }
}
