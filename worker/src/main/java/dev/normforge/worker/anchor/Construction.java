package dev.normforge.worker.anchor;

import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import org.jspecify.annotations.Nullable;

/** A network while it is built: makes its parts, in the order of its parameters, and knows the side of the maps they see. */
final class Construction {

    /** Squeeze-excitation sees a quarter of the block's input channels. */
    private static final int SQUEEZE = 4;
    /** Up to this size of a map a 1×1 convolution is faster as a matrix product (measured: twice at 2×2, not at 8×8). */
    private static final int FEW_PIXELS = 16;

    private final @Nullable WeightStandardization standardization;
    private final SlotFactory slotFactory;
    private final Constants constants;
    private final Layout layout;
    private final int imageSide;
    private final ParameterTable table = new ParameterTable();
    private int side;
    private int slots;

    Construction(@Nullable WeightStandardization standardization, SlotFactory slotFactory, Constants constants,
            Layout layout, int imageSide) {
        this.standardization = standardization;
        this.slotFactory = slotFactory;
        this.constants = constants;
        this.layout = layout;
        this.imageSide = imageSide;
        this.side = imageSide;
    }

    /** Width and height of the maps at this point. */
    int side() {
        return side;
    }

    /** The maps from here on are those after a stride. */
    void shrink(int stride) {
        side = Maps.strided(side, stride);
    }

    /** The maps from here on have this side. */
    void grow(int to) {
        side = to;
    }

    Block slot(int width) {
        return new NormActivation(table, slotFactory.create(width), slots++);
    }

    /** A k×k convolution that a layer follows. */
    Block convolution(int in, int out, int kernel, int stride) {
        return convolution(new Shape(out, in, kernel, kernel), stride, 1);
    }

    /** A k×k convolution of each channel by itself, which a layer follows. */
    Block depthwise(int channels, int kernel, int stride) {
        return convolution(new Shape(channels, 1, kernel, kernel), stride, channels);
    }

    private Block convolution(Shape shape, int stride, int groups) {
        return new Convolution(filters(shape, Filters.HE, true), null, shape, stride, groups);
    }

    /** A k×k convolution with a bias, since no layer follows it. */
    Block biased(int in, int out, int kernel, int stride, double gain) {
        var shape = new Shape(out, in, kernel, kernel);
        var filters = filters(shape, gain, false);
        return new Convolution(filters, table.constant(new Shape(out), 0), shape, stride, 1);
    }

    /** @param followed whether a layer follows, if only after a sum, a concatenation or a mean */
    Block pointwise(int in, int out, int stride, boolean followed) {
        return pointwise(in, out, stride, Filters.HE, followed);
    }

    /** A 1×1 convolution that neither rectifier nor layer follows: it keeps the variance. */
    Block linear(int in, int out) {
        return pointwise(in, out, 1, 1, false);
    }

    private Block pointwise(int in, int out, int stride, double gain, boolean followed) {
        return new Pointwise(filters(Pointwise.shape(in, out, matrix()), gain, followed), out, stride, matrix());
    }

    private Filters filters(Shape shape, double gain, boolean followed) {
        return new Filters(table, shape, gain, followed ? standardization : null, constants);
    }

    /** A 1×1 convolution that an affine alone follows. */
    Block linearProjection(int in, int out) {
        return new LinearProjection(table, in, out, matrix());
    }

    private boolean matrix() {
        return layout == Layout.CHANNELS_LAST && side * side <= FEW_PIXELS;
    }

    /** @param blockInput channels that the block takes in */
    Block squeezeExcitation(int channels, int blockInput) {
        return new SqueezeExcitation(table, constants, channels, Math.max(1, blockInput / SQUEEZE));
    }

    Network classifier(Block body, int channels) {
        int weight = table.weight(new Shape(Images.CLASSES, channels), 1, channels);
        int bias = table.constant(new Shape(Images.CLASSES), 0);
        return new Network(table, body, new Head.Classes(constants, layout, weight, bias), slots, imageSide);
    }

    Network restorer(Block body, Block correction) {
        return new Network(table, body, new Head.Corrected(correction), slots, imageSide);
    }
}
