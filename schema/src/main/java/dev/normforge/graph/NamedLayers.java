package dev.normforge.graph;

import static dev.normforge.graph.Elementwise.ADD;
import static dev.normforge.graph.Elementwise.DIV;
import static dev.normforge.graph.Elementwise.EXP;
import static dev.normforge.graph.Elementwise.MAX;
import static dev.normforge.graph.Elementwise.MUL;
import static dev.normforge.graph.Elementwise.NEG;
import static dev.normforge.graph.Elementwise.SIGMOID;
import static dev.normforge.graph.LayerGraph.V0;
import static dev.normforge.graph.LayerGraph.V1;
import static dev.normforge.graph.LayerGraph.X;
import static dev.normforge.graph.LayerGraph.ZERO;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published layers that the search space can express, as graphs; they take the numerics of whoever uses them. */
public final class NamedLayers {

    private static final Map<String, LayerGraph> ALL = build();

    private static final String BATCH_NORM = "Batch Normalization, Ioffe and Szegedy, arXiv 1502.03167";
    private static final String GROUP_NORM = "Group Normalization, Wu and He, arXiv 1803.08494";
    private static final String SWISH = "; Swish, Ramachandran et al., arXiv 1710.05941, with β = 1";

    private NamedLayers() {
    }

    public static Optional<LayerGraph> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** All names, in the order in which {@code layers} lists them. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Where a layer was published; of a baseline what it is for.
     *
     * @param name one of {@link #names()}
     */
    public static String source(String name) {
        return switch (name) {
            case "bn-relu" -> BATCH_NORM;
            case "gn-relu" -> GROUP_NORM;
            case "ln-relu" -> "Layer Normalization, Ba et al., arXiv 1607.06450";
            case "in-relu" -> "Instance Normalization, Ulyanov et al., arXiv 1607.08022";
            case "bn-silu" -> BATCH_NORM + SWISH;
            case "gn-silu" -> GROUP_NORM + SWISH;
            case "affine-relu", "relu" -> "a baseline that does not normalize";
            case "evonorm-b0", "evonorm-b1", "evonorm-b2", "evonorm-s0", "evonorm-s1", "evonorm-s2" ->
                "Evolving Normalization-Activation Layers, Liu et al., arXiv 2004.02967";
            default -> throw new IllegalArgumentException(
                    "layer is %s, expected one of %s".formatted(name, String.join(", ", names())));
        };
    }

    private static Map<String, LayerGraph> build() {
        var all = new LinkedHashMap<String, LayerGraph>();
        all.put("bn-relu", normalizedRelu(IndexSet.BATCH));
        all.put("gn-relu", normalizedRelu(IndexSet.GROUP));
        all.put("ln-relu", normalizedRelu(IndexSet.LAYER));
        all.put("in-relu", normalizedRelu(IndexSet.INSTANCE));
        all.put("bn-silu", normalizedSilu(IndexSet.BATCH));
        all.put("gn-silu", normalizedSilu(IndexSet.GROUP));
        all.put("affine-relu", affineRelu());
        all.put("relu", relu());
        all.put("evonorm-b0", evonormB0());
        all.put("evonorm-b1", evonormB1());
        all.put("evonorm-b2", evonormB2());
        all.put("evonorm-s0", evonormS0());
        all.put("evonorm-s1", evonormS(Moment.DEVIATION));
        all.put("evonorm-s2", evonormS(Moment.ROOT_MEAN_SQUARE));
        return all;
    }

    /** max(v1·z + v0, 0) with z = (x − mean)/std: BatchNorm, GroupNorm, LayerNorm or InstanceNorm, then ReLU. */
    private static LayerGraph normalizedRelu(IndexSet over) {
        var graph = new Drawing();
        return graph.ending(MAX, graph.add(ADD, graph.add(MUL, V1, graph.standardized(over)), V0), ZERO);
    }

    /** u·sigmoid(u), u = v1·z + v0 */
    private static LayerGraph normalizedSilu(IndexSet over) {
        var graph = new Drawing();
        int u = graph.add(ADD, graph.add(MUL, V1, graph.standardized(over)), V0);
        return graph.ending(MUL, u, graph.add(SIGMOID, u));
    }

    private static LayerGraph affineRelu() {
        var graph = new Drawing();
        return graph.ending(MAX, graph.add(ADD, graph.add(MUL, V1, X), V0), ZERO);
    }

    private static LayerGraph relu() {
        return new Drawing().ending(MAX, X, ZERO);
    }

    /** x / max(std_bwh(x), v1·x + std_wh(x)) */
    private static LayerGraph evonormB0() {
        var graph = new Drawing();
        int batch = graph.add(Moment.DEVIATION, IndexSet.BATCH, X);
        int instance = graph.add(ADD, graph.add(MUL, V1, X), graph.add(Moment.DEVIATION, IndexSet.INSTANCE, X));
        return graph.ending(DIV, X, graph.add(MAX, batch, instance));
    }

    /** x / max(std_bwh(x), (x + 1)·rms_wh(x)); 1 is exp(0) */
    private static LayerGraph evonormB1() {
        var graph = new Drawing();
        int batch = graph.add(Moment.DEVIATION, IndexSet.BATCH, X);
        int root = graph.add(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE, X);
        int instance = graph.add(MUL, graph.add(ADD, X, graph.add(EXP, ZERO)), root);
        return graph.ending(DIV, X, graph.add(MAX, batch, instance));
    }

    /** x / max(std_bwh(x), rms_wh(x) − x) */
    private static LayerGraph evonormB2() {
        var graph = new Drawing();
        int batch = graph.add(Moment.DEVIATION, IndexSet.BATCH, X);
        int root = graph.add(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE, X);
        return graph.ending(DIV, X, graph.add(MAX, batch, graph.add(ADD, root, graph.add(NEG, X))));
    }

    /** x·sigmoid(v1·x) / std_whc/g(x) */
    private static LayerGraph evonormS0() {
        var graph = new Drawing();
        int swish = graph.add(MUL, X, graph.add(SIGMOID, graph.add(MUL, V1, X)));
        return graph.ending(DIV, swish, graph.add(Moment.DEVIATION, IndexSet.GROUP, X));
    }

    /** x·sigmoid(x) / std_whc/g(x), or over rms_whc/g(x) */
    private static LayerGraph evonormS(Moment moment) {
        var graph = new Drawing();
        return graph.ending(DIV, graph.add(MUL, X, graph.add(SIGMOID, X)), graph.add(moment, IndexSet.GROUP, X));
    }

    /** A graph while it is written down: each operation gives the index that later ones read. */
    private static final class Drawing {

        private final List<Node> nodes = new ArrayList<>();

        int add(Primitive op, Integer... inputs) {
            nodes.add(Node.of(op, inputs));
            return LayerGraph.INPUTS + nodes.size() - 1;
        }

        int add(Moment moment, IndexSet over, int input) {
            return add(new Aggregation(moment, over), input);
        }

        /** (x − mean(x)) / std(x) */
        int standardized(IndexSet over) {
            int centred = add(ADD, X, add(NEG, add(Moment.MEAN, over, X)));
            return add(DIV, centred, add(Moment.DEVIATION, over, X));
        }

        LayerGraph ending(Primitive op, Integer... inputs) {
            add(op, inputs);
            return new LayerGraph(nodes);
        }
    }
}
