package dev.normforge.worker.anchor;

import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Stage;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the anchor networks (EvoNorms, section on layer evaluation): pre-activation ResNet (He et al.), MobileNetV2
 * (Sandler et al.), EfficientNet (Tan and Le), each scaled by width, depth and stem stride.
 */
public final class Anchors {

    private static final int STEM_KERNEL = 3;
    /** Squeeze-excitation sees a quarter of the block's input channels. */
    private static final int SQUEEZE = 4;
    /** Up to this size of a map a 1×1 convolution is faster as a matrix product (measured: twice at 2×2, not at 8×8). */
    private static final int FEW_PIXELS = 16;

    private final AnchorSpec spec;
    private final SlotFactory slotFactory;
    private final Constants constants;
    private final ParameterTable table = new ParameterTable();
    private final List<Block> blocks = new ArrayList<>();
    private final Layout layout;
    private int side;
    private int slots;
    private int channels;

    private Anchors(AnchorSpec spec, SlotFactory slotFactory, Constants constants, Layout layout, int side) {
        this.spec = spec;
        this.slotFactory = slotFactory;
        this.constants = constants;
        this.layout = layout;
        this.side = side;
    }

    /**
     * A network with one of {@code slots} in each normalization-activation slot.
     *
     * @param layout of the images it will see
     * @param side width and height of the images it is made for; others work too
     */
    public static Network build(AnchorSpec spec, SlotFactory slots, Constants constants, Layout layout, int side) {
        return new Anchors(spec, slots, constants, layout, side).build();
    }

    private Network build() {
        channels = spec.scaled(spec.stem());
        blocks.add(new Convolution(table, Images.COLOURS, channels, STEM_KERNEL, spec.stemStride(), 1));
        shrink(spec.stemStride());
        switch (spec.family()) {
            case RESNET -> {
                stages(this::bottleneck);
                head();
                blocks.add(slot(channels));
            }
            case MOBILENET_V2, EFFICIENTNET -> {
                blocks.add(slot(channels));
                stages(this::invertedResidual);
                if (head()) {
                    blocks.add(slot(channels));
                }
            }
            case PLAIN, DENSE, DENOISING_UNET, DOUBLING_UNET -> throw new IllegalArgumentException(
                    "anchor.family is %s, expected one that is built".formatted(spec.family()));
        }
        int weight = table.weight(new Shape(Images.CLASSES, channels), 1, channels);
        int bias = table.constant(new Shape(Images.CLASSES), 0);
        return new Network(table, constants, layout, blocks, slots, weight, bias);
    }

    /** Makes one block; {@code stride} is the stage's for its first block and 1 for the others. */
    private interface BlockMaker {
        Block make(Stage stage, int stride);
    }

    private void stages(BlockMaker maker) {
        for (var stage : spec.stages()) {
            for (int i = 0; i < spec.blocks(stage); i++) {
                blocks.add(maker.make(stage, i == 0 ? stage.stride() : 1));
            }
        }
    }

    private boolean head() {
        if (spec.head() == 0) {
            return false;
        }
        blocks.add(pointwise(channels, spec.head(), 1));
        channels = spec.head();
        return true;
    }

    private Block bottleneck(Stage stage, int stride) {
        int in = channels;
        int inner = spec.scaled(stage.channels());
        int out = inner * stage.expansion();
        var first = slot(in);
        var reduce = pointwise(in, inner, 1);
        var second = slot(inner);
        var spatial = new Convolution(table, inner, inner, stage.kernel(), stride, 1);
        shrink(stride);
        @Nullable
        Block projection = in == out && stride == 1 ? null : pointwise(in, out, stride);
        var third = slot(inner);
        var expand = pointwise(inner, out, 1);
        channels = out;
        return new PreActivationBottleneck(first, reduce, second, spatial, third, expand, projection);
    }

    private Block invertedResidual(Stage stage, int stride) {
        int in = channels;
        int inner = in * stage.expansion();
        int out = spec.scaled(stage.channels());
        var parts = new ArrayList<Block>();
        if (stage.expansion() > 1) {
            parts.add(pointwise(in, inner, 1));
            parts.add(slot(inner));
        }
        parts.add(new Convolution(table, inner, inner, stage.kernel(), stride, inner));
        shrink(stride);
        parts.add(slot(inner));
        if (spec.family() == AnchorSpec.Family.EFFICIENTNET) {
            parts.add(new SqueezeExcitation(table, constants, inner, Math.max(1, in / SQUEEZE)));
        }
        parts.add(new LinearProjection(table, inner, out, matrix()));
        channels = out;
        return new InvertedResidual(List.copyOf(parts), in == out && stride == 1);
    }

    private Block pointwise(int in, int out, int stride) {
        return new Pointwise(table, in, out, stride, matrix());
    }

    private void shrink(int stride) {
        side = (side + stride - 1) / stride;
    }

    private boolean matrix() {
        return layout == Layout.CHANNELS_LAST && side * side <= FEW_PIXELS;
    }

    private Block slot(int width) {
        return new NormActivation(table, slotFactory.create(width), slots++);
    }
}
