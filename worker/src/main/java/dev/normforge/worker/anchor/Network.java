package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import java.util.List;

/** A classifier: images to one number for each class. */
public final class Network {

    private static final int[] SPACE = {2, 3};

    private final ParameterTable table;
    private final Constants constants;
    private final List<Block> blocks;
    private final int slots;
    private final int weight;
    private final int bias;

    /** @param weight of the last linear map, (classes, C) */
    Network(ParameterTable table, Constants constants, List<Block> blocks, int slots, int weight, int bias) {
        this.table = table;
        this.constants = constants;
        this.blocks = List.copyOf(blocks);
        this.slots = slots;
        this.weight = weight;
        this.bias = bias;
    }

    public ParameterTable table() {
        return table;
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
        var shape = x.getShape();
        double area = (double) shape.get(2) * shape.get(3);
        var mean = x.sum(SPACE).mul(constants.of(1 / area));
        return Kernels.linear(mean, pass.parameter(weight), pass.parameter(bias));
    }
}
