package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What generated files have in common whose libraries have NumPy's names. */
abstract class ArrayModule {

    private static final String INDENT = "    ";

    final ModuleName name;
    final Layer layer;
    final Phenotype phenotype;
    final LearnedVectors vectors;
    final RunningStatistics running;

    ArrayModule(ModuleName name, Layer layer) {
        this.name = name;
        this.layer = layer;
        this.phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        this.vectors = LearnedVectors.of(phenotype);
        this.running = RunningStatistics.of(phenotype);
    }

    /** What the library calls a running statistic. */
    abstract String name(RunningStatistics.Buffer buffer);

    /** Parameters of the affine at the end: weight and bias of PyTorch. */
    abstract List<String> affine();

    final boolean follows() {
        return !running.all().isEmpty();
    }

    final List<String> vectorNames() {
        return vectors.all().stream().map(LearnedVectors.Vector::name).toList();
    }

    /** Whether a moment is taken of a vector, which needs its axes then. */
    final boolean aggregatesVectors() {
        return phenotype.terms().stream().anyMatch(term -> term instanceof Term.Apply(Aggregation op, var inputs, var _)
                && isVector(phenotype.terms().get(inputs.getFirst()).extent())
                && !phenotype.terms().get(inputs.getFirst()).extent().constantOver(op.over()));
    }

    private static boolean isVector(Extent extent) {
        return !extent.batch() && !extent.space();
    }

    /** @param notation that has written the formula already */
    final Template template(String resource, String library, ArrayNotation notation) {
        var conditions = new HashSet<>(notation.called());
        if (follows()) {
            conditions.add("follows");
        }
        if (follows() || !vectors.all().isEmpty()) {
            conditions.add("owns");
        }
        return new Template(resource).where(conditions).with("class", name.text())
                .with("formula", Formula.of(phenotype))
                .with("legend", Legend.of(phenotype, vectors, "epsilon"))
                .with("eps", notation.number(layer.numerics().epsilon()))
                .with("groups", Integer.toString(layer.numerics().groups()))
                .with("functions", new Template("functions.py").where(conditions).with("np", library).filled())
                .with("parameters", listed(parameters()))
                .with("statistics", listed(running.all().stream().map(this::name).toList()))
                .with("names", lines(1, names().stream()
                        .map(pair -> "\"%s\": \"%s\",".formatted(pair.getFirst(), pair.getLast())).toList()));
    }

    private List<String> parameters() {
        var all = new ArrayList<>(affine());
        all.addAll(vectorNames());
        return all;
    }

    /** Those that the fixture has under other names. */
    private List<List<String>> names() {
        var pairs = new ArrayList<List<String>>();
        var fixtures = List.of("weight", "bias");
        for (int i = 0; i < fixtures.size(); i++) {
            if (!fixtures.get(i).equals(affine().get(i))) {
                pairs.add(List.of(fixtures.get(i), affine().get(i)));
            }
        }
        running.all().forEach(buffer -> pairs.add(List.of(buffer.name(), name(buffer))));
        return pairs;
    }

    private static String listed(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /**
     * The end of the file, which compares it with a fixture.
     *
     * @param doubles a call that makes the library compute in float64
     */
    static String check(String doubles) {
        return new Template("check.py").with("doubles", doubles).filled();
    }

    /** Each on a line of its own. */
    static String lines(int indentation, List<String> lines) {
        return lines.stream().map(line -> INDENT.repeat(indentation) + line + "\n").collect(Collectors.joining());
    }

    /** Definitions of the shared parts, then z, which is as large as x. */
    final List<String> body(ArrayNotation notation, String broadcast) {
        var code = Written.of(phenotype, notation);
        var lines = new ArrayList<String>();
        code.definitions().forEach(part -> lines.add(part.name() + " = " + part.text()));
        lines.add("z = " + (phenotype.output().extent().isFull()
                ? code.output()
                : broadcast.formatted(code.output())));
        return lines;
    }
}
