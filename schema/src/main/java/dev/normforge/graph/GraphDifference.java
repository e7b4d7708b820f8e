package dev.normforge.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What tells two genotypes apart, node by node: what a mutation has done. */
public final class GraphDifference {

    private GraphDifference() {
    }

    /** One line a node, for example {@code n3: max(n1, zero) → tanh(n2)}; empty where the graphs are equal. */
    public static List<String> between(LayerGraph one, LayerGraph other) {
        var lines = new ArrayList<String>();
        for (int i = LayerGraph.INPUTS; i <= Math.max(one.output(), other.output()); i++) {
            var before = text(one, i);
            var after = text(other, i);
            if (!before.equals(after)) {
                lines.add("%s: %s → %s".formatted(GraphJson.name(i), before, after));
            }
        }
        return List.copyOf(lines);
    }

    private static String text(LayerGraph graph, int index) {
        return index > graph.output() ? "none" : text(graph.node(index));
    }

    private static String text(Node node) {
        var inputs = node.inputs().stream().map(GraphJson::name).collect(Collectors.joining(", "));
        return switch (node.op()) {
            case Aggregation(var moment, var over) -> "%s_%s(%s)".formatted(moment.op(), over.over(), inputs);
            case Elementwise op -> "%s(%s)".formatted(op.op(), inputs);
        };
    }
}
