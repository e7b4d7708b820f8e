package dev.normforge.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code layer.onnx}: a layer in evaluation, in float32, for any batch and image size and a fixed number of channels. Parameters
 * and running statistics are initializers of shape (1, C, 1, 1), under the names of the PyTorch module's. Operator set 17.
 */
final class OnnxModel {

    private static final int OPERATORS = 17;
    /** The format that belongs to that operator set. */
    private static final int FORMAT = 8;

    private final Phenotype phenotype;
    private final Numerics numerics;
    private final int channels;
    private final Map<String, double[]> values;
    private final LearnedVectors vectors;
    private final RunningStatistics running;
    private final OnnxGraph graph;
    private final String[] names;

    private OnnxModel(Layer layer, int channels, Map<String, double[]> values) {
        this.numerics = layer.numerics();
        this.phenotype = new Simplifier(numerics).simplify(layer.graph());
        this.channels = channels;
        this.values = values;
        this.vectors = LearnedVectors.of(phenotype);
        this.running = RunningStatistics.of(phenotype);
        this.graph = new OnnxGraph(channels);
        this.names = new String[phenotype.terms().size()];
    }

    /** Before any training: what {@code layer.py} begins with. */
    static ModelProto initial(ModuleName name, Layer layer, int channels) {
        var phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        var values = new TreeMap<String, double[]>();
        values.put("weight", filled(channels, 1));
        values.put("bias", filled(channels, 0));
        LearnedVectors.of(phenotype).all()
                .forEach(vector -> values.put(vector.name(), filled(channels, vector.initial())));
        RunningStatistics.of(phenotype).all()
                .forEach(buffer -> values.put(buffer.name(), filled(channels, buffer.initial())));
        return of(name, layer, channels, values);
    }

    private static double[] filled(int channels, double value) {
        var vector = new double[channels];
        Arrays.fill(vector, value);
        return vector;
    }

    /** @param values parameters and running statistics by name, one number a channel */
    static ModelProto of(ModuleName name, Layer layer, int channels, Map<String, double[]> values) {
        var model = new OnnxModel(layer, channels, values);
        return ModelProto.newBuilder().setIrVersion(FORMAT).setProducerName("NormForge")
                .setDocString("y = (%s) * weight + bias".formatted(Formula.of(model.phenotype)))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
                .setGraph(model.graph(name)).build();
    }

    private GraphProto graph(ModuleName name) {
        var needed = needed();
        for (int t = 0; t < names.length; t++) {
            if (needed[t]) {
                names[t] = write(t);
            }
        }
        var z = names[names.length - 1];
        var y = graph.node("Add", graph.node("Mul", z, vector("weight")), vector("bias"));
        boolean full = phenotype.output().extent().equals(Extent.FULL);
        return graph.named(name.text(), full ? y : graph.node("Expand", y, graph.node("Shape", OnnxGraph.INPUT)));
    }

    /** What the output depends on in evaluation: not what batch aggregations are taken of. */
    private boolean[] needed() {
        var needed = new boolean[names.length];
        needed[names.length - 1] = true;
        for (int t = names.length - 1; t >= 0; t--) {
            if (needed[t] && phenotype.terms().get(t) instanceof Term.Apply apply
                    && !Phenotype.isBatchAggregation(apply)) {
                apply.inputs().forEach(input -> needed[input] = true);
            }
        }
        return needed;
    }

    private String vector(String name) {
        var numbers = values.get(name);
        if (numbers == null || numbers.length != channels) {
            throw new IllegalArgumentException("%s is %s, expected %d numbers".formatted(name,
                    numbers == null ? "missing" : numbers.length + " numbers", channels));
        }
        return graph.vector(name, numbers);
    }

    private String write(int t) {
        return switch (phenotype.terms().get(t)) {
            case Term.Input(var source) -> source == Term.Source.X ? OnnxGraph.INPUT : vector(vectors.name(source));
            case Term.Constant(var value) -> graph.scalar(value);
            case Term.Apply(Elementwise op, var inputs, var _) -> elementwise(op, names[inputs.getFirst()],
                    names[inputs.getLast()]);
            case Term.Apply(Aggregation op, var _, var _) when op.over() == IndexSet.BATCH -> kept(op.moment(), t);
            case Term.Apply(Aggregation op, var inputs, var _) -> {
                int input = inputs.getFirst();
                boolean grouped = op.over() == IndexSet.GROUP
                        && phenotype.terms().get(input).extent().channel() != Extent.Channel.NONE;
                yield grouped
                        ? spread(moment(op.moment(), parted(names[input]), 2))
                        : moment(op.moment(), names[input], op.over() == IndexSet.LAYER
                                ? new int[]{1, 2, 3}
                                : new int[]{2, 3});
            }
        };
    }

    private String elementwise(Elementwise op, String a, String b) {
        return switch (op) {
            case ADD -> graph.node("Add", a, b);
            case MUL -> graph.node("Mul", a, b);
            case DIV -> graph.node("Div", a, b);
            case MAX -> graph.node("Max", a, b);
            case NEG -> graph.node("Neg", a);
            case SIGMOID -> sigmoid(a);
            case TANH -> graph.node("Tanh", a);
            case EXP -> graph.node("Exp", a);
            case ABS -> graph.node("Abs", a);
            case SQUARE -> graph.node("Mul", a, a);
            case LOG -> signed("Log", a);
            case SQRT -> signed("Sqrt", a);
        };
    }

    /** 1 / (1 + exp(−a)): ONNX Runtime's own Sigmoid is off in its far tail, where a root still tells numbers apart (by 4e-4). */
    private String sigmoid(String a) {
        var one = graph.scalar(1);
        return graph.node("Div", one, graph.node("Add", one, graph.node("Exp", graph.node("Neg", a))));
    }

    /** sign(a) · function(|a| + ε) */
    private String signed(String function, String a) {
        return graph.node("Mul", graph.node("Sign", a),
                graph.node(function, graph.node("Add", graph.node("Abs", a), epsilon())));
    }

    private String epsilon() {
        return graph.scalar(numerics.epsilon());
    }

    private String kept(Moment moment, int t) {
        var kept = vector(running.at(t).name());
        return moment == Moment.MEAN ? kept : graph.node("Sqrt", graph.node("Add", kept, epsilon()));
    }

    private String moment(Moment moment, String a, int... axes) {
        return switch (moment) {
            case MEAN -> graph.mean(a, axes);
            case ROOT_MEAN_SQUARE -> root(graph.mean(graph.node("Mul", a, a), axes));
            case DEVIATION -> {
                var centred = graph.node("Sub", a, graph.mean(a, axes));
                yield root(graph.mean(graph.node("Mul", centred, centred), axes));
            }
        };
    }

    private String root(String meanSquare) {
        return graph.node("Sqrt", graph.node("Add", meanSquare, epsilon()));
    }

    /** (N, C, H, W) as (N, groups, the rest). */
    private String parted(String a) {
        return graph.node("Reshape", a, graph.shape(0, numerics.groupsFor(channels), -1));
    }

    /** A number of each group, (N, groups, 1), for each of its channels: (N, C, 1, 1). */
    private String spread(String moment) {
        int each = channels / numerics.groupsFor(channels);
        return graph.node("Reshape", graph.node("Tile", moment, graph.shape(1, 1, each)),
                graph.shape(0, channels, 1, 1));
    }
}
