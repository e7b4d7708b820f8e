package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Layers that random graphs rarely are: with a kink at 0, or smaller than x until the affine at the end. */
final class OddLayers {

    private OddLayers() {
    }

    static Map<String, Layer> all() {
        var layers = new LinkedHashMap<String, Layer>();
        for (var op : new Elementwise[]{Elementwise.ABS, Elementwise.LOG, Elementwise.SQRT}) {
            layers.put("kink-" + op.op(), layer(Node.of(op, LayerGraph.X)));
        }
        layers.put("kink-max", layer(Node.of(Elementwise.MAX, LayerGraph.X, LayerGraph.ZERO)));
        layers.put("odd-instance", layer(moment(Moment.MEAN, IndexSet.INSTANCE, LayerGraph.X)));
        layers.put("odd-group", layer(moment(Moment.MEAN, IndexSet.INSTANCE, LayerGraph.X),
                moment(Moment.ROOT_MEAN_SQUARE, IndexSet.GROUP, 4)));
        layers.put("odd-number", layer(moment(Moment.DEVIATION, IndexSet.LAYER, LayerGraph.X),
                moment(Moment.DEVIATION, IndexSet.BATCH, 4)));
        layers.put("odd-vector", layer(moment(Moment.DEVIATION, IndexSet.GROUP, LayerGraph.V0),
                moment(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE, LayerGraph.V1), Node.of(Elementwise.MUL, 4, 5)));
        layers.put("odd-moments", layer(moment(Moment.MEAN, IndexSet.BATCH, LayerGraph.X),
                moment(Moment.ROOT_MEAN_SQUARE, IndexSet.LAYER, 4),
                moment(Moment.ROOT_MEAN_SQUARE, IndexSet.BATCH, LayerGraph.X), Node.of(Elementwise.ADD, 5, 6)));
        return layers;
    }

    private static Node moment(Moment moment, IndexSet over, int input) {
        return Node.of(new Aggregation(moment, over), input);
    }

    private static Layer layer(Node... nodes) {
        return new Layer(LayerGraph.of(nodes), Numerics.DEFAULT);
    }

    /** The derivative at 0 of a layer that has a kink there, before any training. */
    static double slope(Layer layer) {
        var interpreter = new Interpreter(new Simplifier(layer.numerics()).simplify(layer.graph()), layer.numerics());
        interpreter.forward(new double[1], new Shape(1, 1, 1, 1), Parameters.initial(1), new Statistics.OfTheBatch());
        return interpreter.backward(new double[]{1}).x()[0];
    }
}
