package dev.normforge.export;

import dev.normforge.export.Diagram.Kind;
import dev.normforge.graph.LayerGraph;

/** A genotype as a drawing in words, inputs at the bottom as in the paper's figures; unused nodes are grey and dashed. */
final class Drawings {

    private Drawings() {
    }

    /** {@code layer.dot}, for Graphviz. */
    static String dot(ModuleName name, LayerGraph graph) {
        var diagram = Diagram.of(graph);
        var text = new StringBuilder("digraph \"%s\" {\n  rankdir=BT;\n  node [shape=box, style=rounded];\n".formatted(
                name.text()));
        for (var shape : diagram.shapes()) {
            text.append("  %s [label=\"%s\"%s%s];\n".formatted(shape.id(), shape.label(),
                    shape.kind() == Kind.INPUT ? ", shape=circle" : shape.output() ? ", peripheries=2" : "",
                    shape.used() ? "" : ", style=\"rounded,dashed\", color=gray, fontcolor=gray"));
        }
        for (var edge : diagram.edges()) {
            text.append("  %s -> %s [label=\"%s\"%s];\n".formatted(edge.from(), edge.to(), edge.label(),
                    edge.used() ? "" : ", style=dashed, color=gray"));
        }
        return text.append("}\n").toString();
    }

    /** {@code layer.mmd}, which repositories show in Markdown. */
    static String mermaid(LayerGraph graph) {
        var diagram = Diagram.of(graph);
        var text = new StringBuilder("flowchart BT\n");
        for (var shape : diagram.shapes()) {
            text.append("  %s%s\"%s\"%s\n".formatted(shape.id(), shape.kind() == Kind.INPUT ? "((" : "[",
                    shape.label(), shape.kind() == Kind.INPUT ? "))" : "]"));
        }
        for (var edge : diagram.edges()) {
            text.append("  %s %s%s %s\n".formatted(edge.from(), edge.used() ? "-->" : "-.->",
                    edge.label().isEmpty() ? "" : "|%s|".formatted(edge.label()), edge.to()));
        }
        var unused = diagram.shapes().stream().filter(shape -> !shape.used()).map(Diagram.Shape::id).toList();
        if (!unused.isEmpty()) {
            text.append("  classDef unused stroke-dasharray:4,color:#888,stroke:#888,fill:none\n  class %s unused\n"
                    .formatted(String.join(",", unused)));
        }
        return text.toString();
    }
}
