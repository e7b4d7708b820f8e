package dev.normforge.protocol;

import dev.normforge.graph.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.databind.json.JsonMapper;

/** JSON of the protocol's records: strict (unknown fields and missing values refused by name), canonical (fields in record order). */
public final class ProtocolJson {

    private ProtocolJson() {
    }

    /** @throws IllegalArgumentException in one line: the path of the field, the value and what was expected */
    public static <T> T read(String json, Class<T> type) {
        return type.cast(RecordJson.read(StrictJson.parse(json), type, ""));
    }

    /**
     * Likewise, of any size: for what this program wrote itself, results with thousands of curves.
     *
     * @throws IllegalArgumentException where another version wrote it
     */
    public static <T> T readOwn(String json, Class<T> type) {
        return type.cast(RecordJson.read(JsonMapper.shared().readTree(json), type, ""));
    }

    /** On one line. A number that is not finite is written as text: {@code "NaN"}. */
    public static String write(Object value) {
        return RecordText.of(value);
    }

    /** SHA-256 of a record's canonical JSON: a proxy's identity in the database. */
    public static byte[] hash(Record value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(write(value).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
