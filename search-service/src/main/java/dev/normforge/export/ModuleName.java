package dev.normforge.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an exported layer is called: a class, {@code EvonormB0}, and a function that makes one, {@code evonorm_b0}.
 *
 * @param text letters and digits of ASCII, a capital letter first, at most 60
 */
public record ModuleName(String text) {

    private static final Pattern VALID = Pattern.compile("[A-Z][A-Za-z0-9]{0,59}");
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern CAPITAL_INSIDE = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Python's words, and names that a generated module uses itself. */
    private static final Set<String> TAKEN = Set.of("False", "None", "True", "and", "as", "assert", "async", "await",
            "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
            "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
            "with", "yield", "case", "match", "type", "torch", "nn", "jax", "jnp", "lax", "flax", "linen", "nnx",
            "keras", "ops",
            "np", "formula", "Any", "ValueError", "json", "sys", "pathlib", "max", "min", "abs",
            "len", "open", "print", "range", "float", "super", "zip", "list", "dict", "tuple", "next", "setattr",
            "getattr");

    /** @throws IllegalArgumentException in one line: the value and what was expected */
    public ModuleName {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s, expected a class name: a capital letter, then at most 59 letters and digits of ASCII"
                            .formatted(shown(text)));
        }
        if (TAKEN.contains(text) || TAKEN.contains(snake(text))) {
            throw new IllegalArgumentException(
                    "%s, expected a name that neither Python nor the generated module uses as %s or %s".formatted(text,
                            text, snake(text)));
        }
    }

    /** The name of a layer that was given none: {@code evonorm-b0} becomes {@code EvonormB0}. */
    public static ModuleName ofLayer(String layer) {
        var words = Arrays.stream(SEPARATORS.split(layer)).filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        var safe = words.isEmpty() || Character.isDigit(words.charAt(0)) ? "Layer" + words : words;
        var cut = safe.substring(0, Math.min(60, safe.length()));
        return new ModuleName(TAKEN.contains(cut) || TAKEN.contains(snake(cut)) ? cut + "Layer" : cut);
    }

    /** The function that makes one. */
    public String function() {
        return snake(text);
    }

    private static String snake(String text) {
        return CAPITAL_INSIDE.matcher(text).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** On one line whatever it holds. */
    private static String shown(String text) {
        var plain = text.codePoints().limit(80).mapToObj(c -> c < ' ' || c == 127 ? "?" : Character.toString(c))
                .collect(Collectors.joining());
        return plain.isEmpty() ? "empty" : plain;
    }
}
