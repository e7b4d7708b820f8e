package dev.normforge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The networks on which no search trains, as resources {@code anchors/NAME.json}: whether a find transfers is measured on
 * them. As large as the laptop's anchors, so that a step costs about as much.
 */
public final class TransferAnchors {

    private static final List<String> NAMES = List.of("vgg", "densenet", "resnet-deep", "unet-denoise", "unet-double");

    private TransferAnchors() {
    }

    /** All names: classifiers first, then networks that restore images. */
    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static AnchorSpec read(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "anchor is \"%s\", expected one of %s".formatted(name, String.join(", ", NAMES)));
        }
        try (var in = TransferAnchors.class.getResourceAsStream("/anchors/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("anchor " + name + " is not among the resources");
            }
            return ProtocolJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), AnchorSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException("anchor " + name + " cannot be read", e);
        }
    }
}
