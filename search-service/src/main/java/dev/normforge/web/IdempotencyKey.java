package dev.normforge.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key}: a string as RFC 8941 writes it, in quotation marks, or without them where it is one word. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    /** For the OpenAPI document. */
    static final String DESCRIPTION = "A text in quotation marks that stands for this order alone, such as a random UUID. For "
            + "24 hours the same key with the same body gets the same answer; with another body it is refused with 422.";

    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._~:/+=-]+");

    private IdempotencyKey() {
    }

    /** @return null where the request has none; @throws Refusal where it is malformed */
    static @Nullable String of(HttpServletRequest request) {
        var values = Collections.list(request.getHeaders(HEADER));
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw Refusal.badField(HEADER, "given %d times".formatted(values.size()), "at most one");
        }
        var value = values.getFirst().strip();
        var quoted = QUOTED.matcher(value);
        if (!quoted.matches() && !WORD.matcher(value).matches()) {
            throw refused(value);
        }
        var key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : value;
        if (key.isEmpty() || key.length() > LONGEST) {
            throw refused(value);
        }
        return key;
    }

    private static Refusal refused(String value) {
        return Refusal.badField(HEADER, value,
                "1 to %d printable ASCII characters in quotation marks".formatted(LONGEST));
    }
}
