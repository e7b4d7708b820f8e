package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What every drawing of a genotype shows: all its operations, unused ones too, and the inputs that one of them reads.
 *
 * @param edges of each operation together, in the order of what it reads
 */
record Diagram(List<Shape> shapes, List<Edge> edges) {

    private static final List<String> INPUTS = List.of("x", "zero", "v0", "v1");

    Diagram {
        shapes = List.copyOf(shapes);
        edges = List.copyOf(edges);
    }

    enum Kind {
        INPUT, MOMENT, OPERATION
    }

    /**
     * @param label what a reader sees
     * @param used whether the output depends on it
     */
    record Shape(String id, String label, Kind kind, boolean output, boolean used) {
    }

    /**
     * @param label empty where both inputs count alike
     * @param used whether its reader is
     */
    record Edge(String from, String to, String label, boolean used) {
    }

    static Diagram of(LayerGraph graph) {
        var live = graph.live();
        var shapes = IntStream.rangeClosed(0, graph.output())
                .filter(i -> i >= LayerGraph.INPUTS
                        || graph.nodes().stream().anyMatch(node -> node.inputs().contains(i)))
                .mapToObj(i -> new Shape(id(i), label(graph, i), kind(graph, i), i == graph.output(), live[i]))
                .toList();
        var edges = new ArrayList<Edge>();
        for (int i = LayerGraph.INPUTS; i <= graph.output(); i++) {
            Node node = graph.node(i);
            boolean ordered = node.op() == Elementwise.DIV;
            for (int input = 0; input < node.inputs().size(); input++) {
                edges.add(new Edge(id(node.inputs().get(input)), id(i),
                        !ordered ? "" : input == 0 ? "dividend" : "divisor", live[i]));
            }
        }
        return new Diagram(shapes, edges);
    }

    private static String id(int i) {
        return i < LayerGraph.INPUTS ? INPUTS.get(i) : "n" + (i - LayerGraph.INPUTS + 1);
    }

    private static Kind kind(LayerGraph graph, int i) {
        return i < LayerGraph.INPUTS
                ? Kind.INPUT
                : graph.node(i).op() instanceof Aggregation ? Kind.MOMENT : Kind.OPERATION;
    }

    private static String label(LayerGraph graph, int i) {
        if (i < LayerGraph.INPUTS) {
            return i == LayerGraph.ZERO ? "0" : id(i);
        }
        return switch (graph.node(i).op()) {
            case Aggregation(var moment, var over) -> "%s %s".formatted(moment.op(), over.over());
            case Elementwise op -> op.op();
        };
    }
}
