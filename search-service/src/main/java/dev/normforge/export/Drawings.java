package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A genotype as a drawing in words, inputs at the bottom as in the paper's figures; unused nodes are grey and dashed. */
final class Drawings {

    private static final List<String> INPUTS = List.of("x", "zero", "v0", "v1");

    private final LayerGraph graph;
    private final boolean[] live;

    private Drawings(LayerGraph graph) {
        this.graph = graph;
        this.live = graph.live();
    }

    /** @param label of the edge; empty where both inputs count alike */
    private record Edge(int from, int to, String label) {
    }

    /** {@code layer.dot}, for Graphviz. */
    static String dot(ModuleName name, LayerGraph graph) {
        return new Drawings(graph).dot(name);
    }

    /** {@code layer.mmd}, which repositories show in Markdown. */
    static String mermaid(LayerGraph graph) {
        return new Drawings(graph).mermaid();
    }

    private String dot(ModuleName name) {
        var text = new StringBuilder("digraph \"%s\" {\n  rankdir=BT;\n  node [shape=box, style=rounded];\n".formatted(
                name.text()));
        for (int i : shown()) {
            text.append("  %s [label=\"%s\"%s%s];\n".formatted(id(i), label(i),
                    i < LayerGraph.INPUTS ? ", shape=circle" : i == graph.output() ? ", peripheries=2" : "",
                    live[i] ? "" : ", style=\"rounded,dashed\", color=gray, fontcolor=gray"));
        }
        for (var edge : edges()) {
            text.append("  %s -> %s [label=\"%s\"%s];\n".formatted(id(edge.from()), id(edge.to()), edge.label(),
                    live[edge.to()] ? "" : ", style=dashed, color=gray"));
        }
        return text.append("}\n").toString();
    }

    private String mermaid() {
        var text = new StringBuilder("flowchart BT\n");
        for (int i : shown()) {
            text.append("  %s%s\"%s\"%s\n".formatted(id(i), i < LayerGraph.INPUTS ? "((" : "[", label(i),
                    i < LayerGraph.INPUTS ? "))" : "]"));
        }
        for (var edge : edges()) {
            text.append("  %s %s%s %s\n".formatted(id(edge.from()), live[edge.to()] ? "-->" : "-.->",
                    edge.label().isEmpty() ? "" : "|%s|".formatted(edge.label()), id(edge.to())));
        }
        var unused = IntStream.of(shown()).filter(i -> !live[i]).mapToObj(Drawings::id).toList();
        if (!unused.isEmpty()) {
            text.append("  classDef unused stroke-dasharray:4,color:#888,stroke:#888,fill:none\n  class %s unused\n"
                    .formatted(String.join(",", unused)));
        }
        return text.toString();
    }

    /** All operations, and the inputs that one of them reads. */
    private int[] shown() {
        return IntStream.rangeClosed(0, graph.output())
                .filter(i -> i >= LayerGraph.INPUTS
                        || graph.nodes().stream().anyMatch(node -> node.inputs().contains(i)))
                .toArray();
    }

    private List<Edge> edges() {
        var edges = new ArrayList<Edge>();
        for (int i = LayerGraph.INPUTS; i <= graph.output(); i++) {
            Node node = graph.node(i);
            boolean ordered = node.op() == Elementwise.DIV;
            for (int input = 0; input < node.inputs().size(); input++) {
                edges.add(new Edge(node.inputs().get(input), i, !ordered ? "" : input == 0 ? "dividend" : "divisor"));
            }
        }
        return edges;
    }

    private static String id(int i) {
        return i < LayerGraph.INPUTS ? INPUTS.get(i) : "n" + (i - LayerGraph.INPUTS + 1);
    }

    private String label(int i) {
        if (i < LayerGraph.INPUTS) {
            return i == LayerGraph.ZERO ? "0" : id(i);
        }
        return switch (graph.node(i).op()) {
            case Aggregation(var moment, var over) -> "%s %s".formatted(moment.op(), over.over());
            case Elementwise op -> op.op();
        };
    }
}
