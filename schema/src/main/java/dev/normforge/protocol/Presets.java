package dev.normforge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The searches that come with the program, as resources {@code presets/NAME.json}. */
public final class Presets {

    private static final List<String> NAMES = List.of("laptop", "smoke", "micro-batch", "paper-b", "paper-s");

    private Presets() {
    }

    /** All names, the default first. */
    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static SearchSpec read(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "preset is \"%s\", expected one of %s".formatted(name, String.join(", ", NAMES)));
        }
        try (var in = Presets.class.getResourceAsStream("/presets/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("preset " + name + " is not among the resources");
            }
            return ProtocolJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), SearchSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException("preset " + name + " cannot be read", e);
        }
    }
}
