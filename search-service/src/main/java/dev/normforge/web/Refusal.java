package dev.normforge.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that is refused: a status, one line, and where a field is at fault its name, its value and what was expected. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int LONGEST_VALUE = 200;
    private static final Pattern FIELD_MESSAGE = Pattern
            .compile("(?s)(?:([\\w.\\[\\]$-]+): )?([\\w.\\[\\]$-]+) is (.*), expected (.*)");

    private final HttpStatus status;
    private final @Nullable String field;
    private final @Nullable String value;
    private final @Nullable String expected;

    private Refusal(HttpStatus status, String detail, @Nullable String field, @Nullable String value,
            @Nullable String expected) {
        super(detail);
        this.status = status;
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    static Refusal because(HttpStatus status, String detail) {
        return new Refusal(status, detail, null, null, null);
    }

    static Refusal of(HttpStatus status, String field, @Nullable Object value, String expected) {
        var shown = shortened(String.valueOf(value));
        return new Refusal(status, "%s is %s, expected %s".formatted(field, shown, expected), field, shown, expected);
    }

    static Refusal badField(String field, @Nullable Object value, String expected) {
        return of(HttpStatus.BAD_REQUEST, field, value, expected);
    }

    static Refusal notFound(String field, @Nullable Object value, String expected) {
        return of(HttpStatus.NOT_FOUND, field, value, expected);
    }

    static Refusal conflict(String field, @Nullable Object value, String expected) {
        return of(HttpStatus.CONFLICT, field, value, expected);
    }

    /** @param difference one line: what the search of this name has otherwise */
    static Refusal taken(String name, String difference) {
        return new Refusal(HttpStatus.CONFLICT, difference, "name", name,
                "a name that is free, or the same order again");
    }

    /**
     * Records refuse bad values in one line, “field is value, expected something”: taken apart where it has that form. Where
     * the path of one of several records stands before it (“layers[1]: layers.label is …”), the field is below that path.
     */
    static Refusal of(IllegalArgumentException refused) {
        var message = String.valueOf(refused.getMessage());
        var parts = FIELD_MESSAGE.matcher(message);
        return parts.matches()
                ? badField(field(parts.group(1), parts.group(2)), parts.group(3), parts.group(4))
                : because(HttpStatus.BAD_REQUEST, shortened(message));
    }

    private static String field(@Nullable String path, String name) {
        return path == null ? name : path + "." + name.substring(name.indexOf('.') + 1);
    }

    @Nullable
    String field() {
        return field;
    }

    @Nullable
    String value() {
        return value;
    }

    @Nullable
    String expected() {
        return expected;
    }

    /** Whether the request was right, and only what it asks about stands in its way. */
    boolean isConflict() {
        return status == HttpStatus.CONFLICT;
    }

    ProblemDetail problem() {
        return problem(status, String.valueOf(getMessage()), field, value, expected);
    }

    static ProblemDetail problem(HttpStatus status, String detail, @Nullable String field, @Nullable String value,
            @Nullable String expected) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (field != null) {
            problem.setProperty("field", field);
            problem.setProperty("value", value);
            problem.setProperty("expected", expected);
        }
        return problem;
    }

    /** What a client sent is repeated to it, but never at length. */
    static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
