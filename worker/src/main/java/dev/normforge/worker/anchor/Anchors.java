package dev.normforge.worker.anchor;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Stage;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds the anchor networks (EvoNorms, section on layer evaluation): pre-activation ResNet (He et al.), MobileNetV2
 * (Sandler et al.), EfficientNet (Tan and Le), each scaled by width, depth and stem stride. And those that no search trains
 * on: VGG (Simonyan and Zisserman), DenseNet-BC (Huang et al.) and the {@linkplain Restorers U-Nets}.
 */
public final class Anchors {

    private static final int STEM_KERNEL = 3;
    /** DenseNet-BC: half of the channels go on to the next stage. */
    private static final int COMPRESSION = 2;

    private final AnchorSpec spec;
    private final Construction parts;
    private final List<Block> blocks = new ArrayList<>();
    private int channels;

    private Anchors(AnchorSpec spec, Construction parts) {
        this.spec = spec;
        this.parts = parts;
    }

    /**
     * A network with one of {@code slots} in each normalization-activation slot.
     *
     * @param standardization of every convolution that a layer follows, if only after a sum, a concatenation or a mean; null
     *        for none
     * @param layout of the images it will see
     * @param side width and height of the images it is made for; others work too
     * @throws IllegalArgumentException if images of that side cannot be halved as often as a U-Net does
     */
    public static Network build(AnchorSpec spec, @Nullable WeightStandardization standardization, SlotFactory slots,
            Constants constants, Layout layout, int side) {
        var parts = new Construction(standardization, slots, constants, layout, side);
        return spec.family().restores() ? Restorers.build(spec, parts) : new Anchors(spec, parts).build();
    }

    private Network build() {
        channels = spec.scaled(spec.stem());
        blocks.add(parts.convolution(Images.COLOURS, channels, STEM_KERNEL, spec.stemStride()));
        parts.shrink(spec.stemStride());
        switch (spec.family()) {
            case RESNET -> {
                stages(this::bottleneck);
                head();
                blocks.add(parts.slot(channels));
            }
            case MOBILENET_V2, EFFICIENTNET -> {
                blocks.add(parts.slot(channels));
                stages(this::invertedResidual);
                headAndSlot();
            }
            case PLAIN -> {
                blocks.add(parts.slot(channels));
                stages(this::plain);
                headAndSlot();
            }
            case DENSE -> {
                stages(this::dense);
                blocks.add(parts.slot(channels));
            }
            case DENOISING_UNET, DOUBLING_UNET -> throw new IllegalArgumentException(
                    "anchor.family is %s, expected a classifier".formatted(spec.family()));
        }
        return parts.classifier(new Sequence(blocks), channels);
    }

    /** Where a block stands: in which stage, and where among its blocks. */
    private record Place(Stage stage, int stageNumber, int block) {

        /** The stage's for its first block and 1 for the others. */
        int stride() {
            return block == 0 ? stage.stride() : 1;
        }
    }

    private void stages(Function<Place, Block> maker) {
        for (int number = 0; number < spec.stages().size(); number++) {
            var stage = spec.stages().get(number);
            for (int block = 0; block < spec.blocks(stage); block++) {
                blocks.add(maker.apply(new Place(stage, number, block)));
            }
        }
    }

    private boolean last(Place place) {
        return place.stageNumber() == spec.stages().size() - 1 && place.block() == spec.blocks(place.stage()) - 1;
    }

    private boolean head() {
        if (spec.head() == 0) {
            return false;
        }
        blocks.add(parts.pointwise(channels, spec.head(), 1, true));
        channels = spec.head();
        return true;
    }

    private void headAndSlot() {
        if (head()) {
            blocks.add(parts.slot(channels));
        }
    }

    private Block bottleneck(Place place) {
        var stage = place.stage();
        int stride = place.stride();
        int in = channels;
        int inner = spec.scaled(stage.channels());
        int out = inner * stage.expansion();
        boolean followed = !last(place) || spec.head() == 0;
        var first = parts.slot(in);
        var reduce = parts.pointwise(in, inner, 1, true);
        var second = parts.slot(inner);
        var spatial = parts.convolution(inner, inner, stage.kernel(), stride);
        parts.shrink(stride);
        @Nullable
        Block projection = in == out && stride == 1 ? null : parts.pointwise(in, out, stride, followed);
        var third = parts.slot(inner);
        var expand = parts.pointwise(inner, out, 1, followed);
        channels = out;
        return new PreActivationBottleneck(first, new Sequence(List.of(reduce, second, spatial, third, expand)),
                projection);
    }

    private Block invertedResidual(Place place) {
        var stage = place.stage();
        int stride = place.stride();
        int in = channels;
        int inner = in * stage.expansion();
        int out = spec.scaled(stage.channels());
        var main = new ArrayList<Block>();
        if (stage.expansion() > 1) {
            main.add(parts.pointwise(in, inner, 1, true));
            main.add(parts.slot(inner));
        }
        main.add(parts.depthwise(inner, stage.kernel(), stride));
        parts.shrink(stride);
        main.add(parts.slot(inner));
        if (spec.family() == AnchorSpec.Family.EFFICIENTNET) {
            main.add(parts.squeezeExcitation(inner, in));
        }
        main.add(parts.linearProjection(inner, out));
        channels = out;
        return new InvertedResidual(new Sequence(main), in == out && stride == 1);
    }

    /** Perhaps a maximum over 2×2, then k×k, slot. */
    private Block plain(Place place) {
        int out = spec.scaled(place.stage().channels());
        var block = new ArrayList<Block>();
        if (place.stride() == Pooling.STRIDE) {
            block.add(Pooling.MAXIMUM);
            parts.shrink(Pooling.STRIDE);
        }
        block.add(parts.convolution(channels, out, place.stage().kernel(), 1));
        block.add(parts.slot(out));
        channels = out;
        return new Sequence(block);
    }

    private Block dense(Place place) {
        var stage = place.stage();
        var block = new ArrayList<Block>();
        if (place.block() == 0 && place.stageNumber() > 0) {
            block.addAll(transition(stage));
        }
        int growth = spec.scaled(stage.channels());
        int inner = growth * stage.expansion();
        block.add(new DensePart(new Sequence(List.of(parts.slot(channels), parts.pointwise(channels, inner, 1, true),
                parts.slot(inner), parts.convolution(inner, growth, stage.kernel(), 1)))));
        channels += growth;
        return new Sequence(block);
    }

    /** Slot, 1×1 to half of the channels, perhaps a mean over 2×2. */
    private List<Block> transition(Stage next) {
        int half = channels / COMPRESSION;
        var blocks = new ArrayList<Block>(
                List.of(parts.slot(channels), parts.pointwise(channels, half, 1, true)));
        if (next.stride() == Pooling.STRIDE) {
            blocks.add(Pooling.MEAN);
            parts.shrink(Pooling.STRIDE);
        }
        channels = half;
        return blocks;
    }
}
