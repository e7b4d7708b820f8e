package dev.normforge.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A graph of ONNX while it is written: each node and number gives the name that later ones read. */
final class OnnxGraph {

    static final String INPUT = "x";
    private static final String OUTPUT = "y";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final int channels;
    private final Map<String, String> constants = new HashMap<>();
    private int nodes;

    /** @param channels C of input and output */
    OnnxGraph(int channels) {
        this.channels = channels;
    }

    /** An operator without attributes. */
    String node(String operator, String... inputs) {
        return add(NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)));
    }

    /** The mean over some axes, which stay with length 1. */
    String mean(String a, int... axes) {
        var over = AttributeProto.newBuilder().setName("axes").setType(AttributeProto.AttributeType.INTS)
                .addAllInts(IntStream.of(axes).mapToObj(axis -> (long) axis).toList());
        return add(NodeProto.newBuilder().setOpType("ReduceMean").addInput(a).addAttribute(over));
    }

    private String add(NodeProto.Builder node) {
        var name = "t" + nodes++;
        graph.addNode(node.addOutput(name).setName("n_" + name));
        return name;
    }

    /** A number in float32. */
    String scalar(double value) {
        return constant("scalar " + value, TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT.getNumber()).addFloatData((float) value));
    }

    /** What Reshape and Tile take. */
    String shape(long... dimensions) {
        return constant("shape " + Arrays.toString(dimensions), TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64.getNumber()).addDims(dimensions.length)
                .addAllInt64Data(Arrays.stream(dimensions).boxed().toList()));
    }

    /** One number a channel, as (1, C, 1, 1) in float32. */
    String vector(String name, double[] numbers) {
        return constants.computeIfAbsent("vector " + name, _ -> {
            graph.addInitializer(TensorProto.newBuilder().setName(name)
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addAllDims(List.of(1L, (long) numbers.length, 1L, 1L))
                    .addAllFloatData(Arrays.stream(numbers).mapToObj(number -> (float) number).toList()));
            return name;
        });
    }

    private String constant(String key, TensorProto.Builder tensor) {
        return constants.computeIfAbsent(key, _ -> {
            var name = "c" + constants.size();
            graph.addInitializer(tensor.setName(name));
            return name;
        });
    }

    /** The whole graph. */
    GraphProto named(String name, String output) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName("n_" + OUTPUT).addInput(output)
                .addOutput(OUTPUT));
        return graph.setName(name).addInput(value(INPUT)).addOutput(value(OUTPUT)).build();
    }

    /** (batch, C, height, width) in float32. */
    private ValueInfoProto value(String name) {
        var shape = TensorShapeProto.newBuilder().addDim(free("batch"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels)).addDim(free("height"))
                .addDim(free("width"));
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape)))
                .build();
    }

    private static TensorShapeProto.Dimension free(String name) {
        return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
    }
}
