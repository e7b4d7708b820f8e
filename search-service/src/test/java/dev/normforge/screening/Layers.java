package dev.normforge.screening;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Primitive;
import dev.normforge.protocol.SearchSpec.Screen;
import dev.normforge.protocol.SearchSpec.Space;
import dev.normforge.protocol.SearchSpec.Stack;
import java.util.ArrayList;
import java.util.List;

/** Graphs and limits for tests. */
final class Layers {

    static final Numerics NUMERICS = new Numerics(4, 1e-5);
    static final Screen LAPTOP = new Screen(new Stack(-2, 0.5, -2, 1.3, 0.01));
    static final Space SPACE = new Space(10, Space.Draw.ROWS, false, null, null);

    private final List<Node> nodes = new ArrayList<>();

    /** Adds an operation and returns its index. */
    int add(Primitive op, Integer... inputs) {
        nodes.add(Node.of(op, inputs));
        return LayerGraph.INPUTS + nodes.size() - 1;
    }

    LayerGraph graph() {
        return new LayerGraph(nodes);
    }

    /** Operations with one input, one after the other, on x. */
    static LayerGraph chain(Primitive... ops) {
        var layers = new Layers();
        int last = LayerGraph.X;
        for (var op : ops) {
            last = layers.add(op, last);
        }
        return layers.graph();
    }

    /** {@code op(x, exp(exp(… exp(0))))}, {@code depth} times exp: 1, 2.7, 15.2, 3.8e6, infinity. */
    static LayerGraph withTower(Elementwise op, int depth) {
        var layers = new Layers();
        int last = LayerGraph.ZERO;
        for (int i = 0; i < depth; i++) {
            last = layers.add(Elementwise.EXP, last);
        }
        layers.add(op, LayerGraph.X, last);
        return layers.graph();
    }

    static LayerGraph named(String name) {
        return NamedLayers.find(name).orElseThrow();
    }
}
