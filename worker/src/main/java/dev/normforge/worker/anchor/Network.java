package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.worker.data.Images;

/** An anchor: images to one number for each class, or to better images. */
public final class Network {

    private final ParameterTable table;
    private final Block body;
    private final Head head;
    private final int slots;
    private final int side;

    /** @param side of the images that it is made for */
    Network(ParameterTable table, Block body, Head head, int slots, int side) {
        this.table = table;
        this.body = body;
        this.head = head;
        this.slots = slots;
        this.side = side;
    }

    public ParameterTable table() {
        return table;
    }

    /**
     * Parameters and operations, of the layers too; operations are those on one image of the side that it is made for, in
     * evaluation. A multiplication and an addition are two. Convolutions count as if their padding were pixels like others; a
     * sum, a rectifier, a sigmoid count 1 per number; pooling and means 1 per number that they take in. Weights are ready for
     * use: standardizing them counts nothing, nor does the factor of an affine that a convolution precedes. Nor do copies:
     * concatenation, doubling. For layers see {@link dev.normforge.worker.layer.Slot#flops}.
     */
    public NetworkSize size() {
        var tally = new Tally();
        head.count(body.count(new Maps(Images.COLOURS, side, side), tally), tally);
        return tally.size(table.size());
    }

    /** How many normalization-activation slots it has. */
    public int slots() {
        return slots;
    }

    /**
     * @param images (N, 3, H, W), in the scope in which everything in between shall live
     * @return (N, classes), before the softmax; (N, 3, H, W) where images are restored
     */
    public NDArray forward(NDArray images, Pass pass) {
        return head.forward(images, body.forward(images, pass), pass);
    }
}
