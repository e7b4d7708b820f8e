package dev.normforge.protocol;

import java.util.List;

/**
 * The networks on which no search trains, as resources {@code anchors/NAME.json}: whether a find transfers is measured on
 * them. As large as the laptop's anchors, so that a step costs about as much.
 */
public final class TransferAnchors {

    private static final Resources<AnchorSpec> ALL = new Resources<>("anchors", "anchor", AnchorSpec.class,
            List.of("vgg", "densenet", "resnet-deep", "unet-denoise", "unet-double"));

    private TransferAnchors() {
    }

    /** All names: classifiers first, then networks that restore images. */
    public static List<String> names() {
        return ALL.names();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static AnchorSpec read(String name) {
        return ALL.read(name);
    }
}
