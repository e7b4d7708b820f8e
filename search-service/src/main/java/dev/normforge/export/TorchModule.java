package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code layer.py}: a self-contained module with timm's conventions ({@code timm/layers/evo_norm.py}: constructor, names of
 * parameters and buffers, {@code apply_act}), the statistics in float32 whatever the input's precision.
 */
final class TorchModule {

    private static final String INDENT = "        ";

    private final ModuleName name;
    private final Layer layer;
    private final Phenotype phenotype;
    private final LearnedVectors vectors;
    private final RunningStatistics running;
    private final TorchNotation notation;
    private final Written code;
    private final Set<TorchFunction> functions;

    private TorchModule(ModuleName name, Layer layer) {
        this.name = name;
        this.layer = layer;
        this.phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        this.vectors = LearnedVectors.of(phenotype);
        this.running = RunningStatistics.of(phenotype);
        this.notation = new TorchNotation(running, vectors);
        this.code = Written.of(phenotype, notation);
        this.functions = withWhatTheyCall(notation.functions());
    }

    static String of(ModuleName name, Layer layer) {
        return new TorchModule(name, layer).text();
    }

    private static Set<TorchFunction> withWhatTheyCall(Set<TorchFunction> called) {
        var all = new TreeSet<>(called);
        called.forEach(function -> all.addAll(function.calls()));
        return all;
    }

    /** Whether the number of groups matters: a value without channels is one group. */
    private boolean grouped() {
        return phenotype.terms().stream().anyMatch(
                term -> term instanceof Term.Apply(Aggregation(var _, var over), var inputs, var _)
                        && over == IndexSet.GROUP
                        && phenotype.terms().get(inputs.getFirst()).extent().channel() != Extent.Channel.NONE);
    }

    private boolean follows() {
        return !running.all().isEmpty();
    }

    private String text() {
        return new Template("torch.py").with("class", name.text()).with("function", name.function())
                .with("formula", Formula.of(phenotype)).with("legend", Legend.of(phenotype, vectors, "eps"))
                .with("summary", summary()).with("eps", notation.number(layer.numerics().epsilon()))
                .with("groupArgument", grouped() ? "groups=%d, ".formatted(layer.numerics().groups()) : "")
                .with("momentumArgument", follows() ? "momentum=0.1, " : "")
                .with("functions", functions(false)).with("methods", functions(true)).with("fields", fields())
                .with("parameters", parameters()).with("resets", resets()).with("body", body())
                .with("reprMore", (grouped() ? ", groups={self.groups}" : "")
                        + (follows() ? ", momentum={self.momentum}" : ""))
                .with("groupsFromFixture", grouped() ? "groups=fixture[\"groups\"], " : "")
                .with("momentumFromFixture", follows() ? ", momentum=fixture[\"momentum\"]" : "").filled();
    }

    private String summary() {
        var parts = new ArrayList<String>();
        parts.add("Drop-in for BatchNorm and activation.");
        if (grouped()) {
            parts.add("The number of groups is the largest divisor of num_features not above `groups`.");
        }
        if (follows()) {
            parts.add("Running statistics hold biased moments; momentum is the share of the newest batch.");
        }
        return String.join(" ", parts);
    }

    private String functions(boolean methods) {
        var text = new StringBuilder();
        for (var function : functions) {
            if (function.isMethod() == methods) {
                text.append(methods ? "\n" + indented(function.text()) : "\n" + function.text() + "\n");
            }
        }
        return methods && !text.isEmpty() ? text.substring(1) + "\n" : text.toString();
    }

    private static String indented(String text) {
        return text.lines().map(line -> line.isEmpty() ? "\n" : "    " + line + "\n").collect(Collectors.joining());
    }

    private String fields() {
        var text = new StringBuilder();
        if (grouped()) {
            text.append(INDENT).append("self.groups = next(g for g in range(min(groups, num_features), 0, -1)")
                    .append(" if num_features % g == 0)\n");
        }
        if (follows()) {
            text.append(INDENT).append("self.momentum = momentum\n");
        }
        return text.toString();
    }

    private String parameters() {
        var text = new StringBuilder();
        for (var vector : vectors.all()) {
            text.append(INDENT)
                    .append("self.%s = nn.Parameter(torch.empty(num_features, **factory)) if apply_act else None\n"
                            .formatted(vector.name()));
        }
        for (var buffer : running.all()) {
            text.append(INDENT).append(
                    "self.register_buffer(\"%s\", torch.empty(num_features, **factory) if apply_act else None)\n"
                            .formatted(buffer.name()));
        }
        return text.toString();
    }

    private String resets() {
        if (vectors.all().isEmpty() && running.all().isEmpty()) {
            return "";
        }
        var text = new StringBuilder(INDENT).append("if self.apply_act:\n");
        for (var vector : vectors.all()) {
            text.append(INDENT).append("    nn.init.%s_(self.%s)\n".formatted(vector.initial() == 0 ? "zeros" : "ones",
                    vector.name()));
        }
        for (var buffer : running.all()) {
            text.append(INDENT).append("    self.%s.%s\n".formatted(buffer.name(),
                    buffer.initial() == 0 ? "zero_()" : "fill_(1)"));
        }
        return text.toString();
    }

    private String body() {
        var text = new StringBuilder();
        for (var vector : vectors.all()) {
            text.append(INDENT).append("%s = self._per_channel(self.%<s, x)\n".formatted(vector.name()));
        }
        for (var statement : code.definitions()) {
            text.append(INDENT).append("%s = %s\n".formatted(statement.name(), statement.text()));
        }
        text.append(INDENT).append("z = %s\n".formatted(code.output()));
        boolean full = phenotype.output().extent().equals(Extent.FULL);
        return text.append(INDENT).append(full
                ? "return (z * weight + bias).to(dtype)\n"
                : "return (z * weight + bias).to(dtype).expand_as(x)\n").toString();
    }
}
