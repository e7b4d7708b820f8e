package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import java.util.List;

/** A classifier: images to one number for each class. */
public final class Network {

    private static final int[] SPACE = {2, 3};
    private static final int[] CHANNELS_AS_LAST_AXIS = {0, 2, 3, 1};
    private static final int[] PIXELS = {1, 2};

    private final ParameterTable table;
    private final Constants constants;
    private final Layout layout;
    private final List<Block> blocks;
    private final int slots;
    private final int weight;
    private final int bias;

    /** @param weight of the last linear map, (classes, C) */
    Network(ParameterTable table, Constants constants, Layout layout, List<Block> blocks, int slots, int weight,
            int bias) {
        this.table = table;
        this.constants = constants;
        this.layout = layout;
        this.blocks = List.copyOf(blocks);
        this.slots = slots;
        this.weight = weight;
        this.bias = bias;
    }

    public ParameterTable table() {
        return table;
    }

    /** Parameters and operations, of the layers too. */
    public NetworkSize size() {
        return new NetworkSize(table.size(), 0, 0, 0);
    }

    /** How many normalization-activation slots it has. */
    public int slots() {
        return slots;
    }

    /**
     * @param images (N, 3, H, W), in the scope in which everything in between shall live
     * @return (N, classes), before the softmax
     */
    public NDArray forward(NDArray images, Pass pass) {
        var x = images;
        for (var block : blocks) {
            x = block.forward(x, pass);
        }
        return Kernels.linear(spatialMean(x), pass.parameter(weight), pass.parameter(bias));
    }

    /**
     * (N, C). The gradient of a sum is one number repeated, without a layout of its own; what the engine makes of it lies in
     * the order of its axes. With channels first the last slot's gradients would run across memory.
     */
    private NDArray spatialMean(NDArray x) {
        var shape = x.getShape();
        var share = constants.of(1 / ((double) shape.get(2) * shape.get(3)));
        return switch (layout) {
            case CHANNELS_LAST -> x.transpose(CHANNELS_AS_LAST_AXIS).mul(share).sum(PIXELS);
            case CHANNELS_FIRST -> x.sum(SPACE).mul(share);
        };
    }
}
