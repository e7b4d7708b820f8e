package dev.normforge.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file with gaps, {@code {{name}}}; each is filled once, and what fills it is never searched for gaps. */
final class Template {

    private static final Pattern GAP = Pattern.compile("\\{\\{([A-Za-z]+)}}");

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param resource under {@code /export/} */
    Template(String resource) {
        text = read(resource);
    }

    /** A resource under {@code /export/}. */
    static String read(String resource) {
        try (var in = Template.class.getResourceAsStream("/export/" + resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Template with(String gap, String value) {
        values.put(gap, value);
        return this;
    }

    String filled() {
        return GAP.matcher(text).replaceAll(match -> Matcher.quoteReplacement(Objects.requireNonNull(
                values.get(match.group(1)), match.group(1))));
    }
}
