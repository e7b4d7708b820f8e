package dev.normforge.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with gaps, {@code {{name}}}, and parts that stay under a condition, as in Mustache: {@code {{#name}}} to
 * {@code {{/name}}} where it holds, {@code {{^name}}} where it does not. Each gap is filled once, and what fills it is never
 * searched for gaps.
 */
final class Template {

    private static final Pattern GAP = Pattern.compile("\\{\\{([A-Za-z]+)}}");
    /** Marks at the end of a line and on a line of their own take that end with them. */
    private static final Pattern PART = Pattern.compile(
            "\\{\\{([#^])(\\w+)}}\\n(.*?)^\\{\\{/\\2}}\\n|\\{\\{([#^])(\\w+)}}([^\\n]*?)\\{\\{/\\5}}",
            Pattern.DOTALL | Pattern.MULTILINE);

    private String text;
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

    /** @param holding names of the conditions that hold; call once, before or after {@link #with} */
    Template where(Set<String> holding) {
        for (var part = PART.matcher(text); part.find(); part = PART.matcher(text)) {
            text = part.replaceAll(found -> Matcher.quoteReplacement(kept(found, holding)));
        }
        return this;
    }

    private static String kept(MatchResult part, Set<String> holding) {
        int first = part.group(1) == null ? 4 : 1;
        boolean holds = holding.contains(part.group(first + 1));
        return holds == part.group(first).equals("#") ? part.group(first + 2) : "";
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
