package dev.normforge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records that come with the program, one JSON resource {@code folder/NAME.json} each.
 *
 * @param folder among the resources
 * @param word what one of them is called in a refusal
 * @param names all of them, in the order in which they are listed
 */
record Resources<T>(String folder, String word, Class<T> type, List<String> names) {

    /** @throws IllegalArgumentException if there is none of this name */
    T read(String name) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "%s is \"%s\", expected one of %s".formatted(word, name, String.join(", ", names)));
        }
        try (var in = Resources.class.getResourceAsStream("/%s/%s.json".formatted(folder, name))) {
            if (in == null) {
                throw new IllegalStateException("%s %s is not among the resources".formatted(word, name));
            }
            return ProtocolJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s cannot be read".formatted(word, name), e);
        }
    }
}
