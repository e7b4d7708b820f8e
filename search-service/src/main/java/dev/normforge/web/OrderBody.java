package dev.normforge.web;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of an order: one JSON object of bounded size, each key once, nothing after it. */
final class OrderBody {

    /** Longest accepted body in bytes; a specification needs about four thousand. */
    static final int MOST_BYTES = 256 * 1024;

    private static final JsonMapper STRICT = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private OrderBody() {
    }

    /** @throws Refusal where there are too many */
    static byte[] bytes(InputStream body) throws IOException {
        var bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw Refusal.of(HttpStatus.CONTENT_TOO_LARGE, "body", "more than " + MOST_BYTES + " bytes",
                    "at most " + MOST_BYTES + " bytes");
        }
        return bytes;
    }

    /** @throws Refusal naming what is wrong */
    static Fields fields(byte[] bytes) {
        return new Fields("", tree(bytes));
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return STRICT.readTree(bytes);
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            throw Refusal.badField("body", "malformed at line %d, column %d: %s".formatted(
                    where == null ? 1 : where.getLineNr(), where == null ? 1 : where.getColumnNr(),
                    malformed.getOriginalMessage().lines().findFirst().orElse("")), "one JSON object");
        }
    }
}
