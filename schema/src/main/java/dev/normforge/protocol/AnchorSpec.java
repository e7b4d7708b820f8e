package dev.normforge.protocol;

import java.util.List;

/**
 * One anchor network, scaled.
 *
 * @param name how reports call it, for example {@code resnet}
 * @param family its kind of block
 * @param width multiplies every channel count
 * @param depth multiplies every number of blocks, rounded up
 * @param stemStride stride of the first convolution
 * @param stem channels of the first convolution before {@code width}
 * @param head channels of the last 1×1 convolution, not scaled (as MobileNetV2 for widths below 1); 0 for none (ResNet)
 * @param stages the table of the family's paper
 */
public record AnchorSpec(String name, Family family, double width, double depth, int stemStride, int stem, int head,
        List<Stage> stages) {

    /** Kinds of network. Only the first three are searched on; the others tell whether a find transfers. */
    public enum Family {
        /** Pre-activation bottlenecks. */
        RESNET,
        /** Inverted residuals. */
        MOBILENET_V2,
        /** Inverted residuals with squeeze-excitation. */
        EFFICIENTNET,
        /** k×k convolutions in a row, a maximum over 2×2 where a stage's stride is 2 (VGG-like). */
        PLAIN,
        /**
         * Blocks whose parts see all earlier parts (DenseNet-like); a stage's channels are the growth. Between stages half of
         * the channels go on, and a mean over 2×2 stands where the later stage's stride is 2.
         */
        DENSE,
        /**
         * A U-Net that removes noise; layers in the encoder alone (the setting of Half Instance Normalization). A stage is a
         * level: its blocks are the encoder's, the decoder has one.
         */
        DENOISING_UNET,
        /** The same network, doubling the resolution. */
        DOUBLING_UNET;

        /** Whether it puts out images instead of classes. */
        public boolean restores() {
            return this == DENOISING_UNET || this == DOUBLING_UNET;
        }

        /** Whether searches may train on it. */
        public boolean searched() {
            return this == RESNET || this == MOBILENET_V2 || this == EFFICIENTNET;
        }
    }

    /**
     * A run of equal blocks.
     *
     * @param expansion t: inner channels over input channels (inverted residuals), output over inner ones (ResNet), or
     *        inner channels over the growth (DenseNet); 1 elsewhere
     * @param channels c: output channels, inner channels (ResNet) or growth (DenseNet) before {@code width}
     * @param blocks n: how many blocks before {@code depth}
     * @param stride s: stride of the first block
     * @param kernel k: side of the spatial convolution
     */
    public record Stage(int expansion, int channels, int blocks, int stride, int kernel) {
        public Stage {
            Require.within("stage.expansion", expansion, 1, 16);
            Require.within("stage.channels", channels, 1, 4096);
            Require.within("stage.blocks", blocks, 1, 100);
            Require.within("stage.stride", stride, 1, 2);
            Require.that(kernel % 2 == 1 && kernel >= 1 && kernel <= 7, "stage.kernel", kernel, "1, 3, 5 or 7");
        }
    }

    public AnchorSpec {
        stages = List.copyOf(stages);
        Require.that(name.matches("[a-z0-9][a-z0-9-]{0,31}"), "anchor.name", name, "1 to 32 of a-z, 0-9 and -");
        Require.within("anchor.width", width, 0.01, 8);
        Require.within("anchor.depth", depth, 0.01, 8);
        Require.within("anchor.stemStride", stemStride, 1, 2);
        Require.within("anchor.stem", stem, 1, 1024);
        Require.within("anchor.head", head, 0, 8192);
        Require.that(!stages.isEmpty(), "anchor.stages", "empty", "at least one stage");
        switch (family) {
            case RESNET, MOBILENET_V2, EFFICIENTNET -> {
                // They use every field.
            }
            case PLAIN -> requireNoExpansion(family, stages);
            case DENSE -> {
                Require.that(head == 0, "anchor.head", head,
                        "0: DENSE ends with a layer over all that it has gathered");
                Require.that(stages.getFirst().stride() == 1, "anchor.stages[0].stride", 2,
                        "1: DENSE halves its maps between stages, and nothing stands before the first");
            }
            case DENOISING_UNET, DOUBLING_UNET -> {
                requireNoExpansion(family, stages);
                requireLevels(family, stages);
                Require.that(head == 0, "anchor.head", head, "0: %s puts out images".formatted(family));
                Require.that(stemStride == 1, "anchor.stemStride", stemStride,
                        "1: %s puts out images as large as those that come in".formatted(family));
            }
        }
    }

    private static void requireNoExpansion(Family family, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            Require.that(stages.get(i).expansion() == 1, "anchor.stages[%d].expansion".formatted(i),
                    stages.get(i).expansion(), "1: blocks of %s have no inner channels".formatted(family));
        }
    }

    private static void requireLevels(Family family, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            Require.that(stages.get(i).stride() == (i == 0 ? 1 : 2), "anchor.stages[%d].stride".formatted(i),
                    stages.get(i).stride(), "1 in the first stage of %s and 2 in the others: each is a level of its own"
                            .formatted(family));
        }
    }

    /** Whether a depthwise filter of it has a single weight, whose deviation is 0. */
    boolean hasFiltersOfOneWeight() {
        boolean depthwise = family == Family.MOBILENET_V2 || family == Family.EFFICIENTNET;
        return depthwise && stages.stream().anyMatch(stage -> stage.kernel() == 1);
    }

    /** Channels after scaling, at least 4. */
    public int scaled(int channels) {
        return Math.max(4, (int) Math.round(channels * width));
    }

    /** Blocks of a stage after scaling, at least 1. */
    public int blocks(Stage stage) {
        return (int) Math.ceil(stage.blocks() * depth - 1e-9);
    }
}
