package dev.normforge.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A change of held-out images that training never saw (after ImageNet-C, Hendrycks and Dietterich): another domain. The same
 * image is always changed in the same way.
 */
public record Corruption(Kind kind, Severity severity) {

    /** What is done; results are clipped to the scale. */
    public enum Kind {
        /** Normal noise on every colour value, with 0.06, 0.12 or 0.25 of the full scale. */
        NOISE(0.06, 0.12, 0.25),
        /** A Gaussian blur of 0.5, 1 or 2 pixels. */
        BLUR(0.5, 1, 2),
        /** Contrast about the image's own mean of each colour, times 0.6, 0.35 or 0.15. */
        CONTRAST(0.6, 0.35, 0.15);

        private final double light;
        private final double medium;
        private final double heavy;

        Kind(double light, double medium, double heavy) {
            this.light = light;
            this.medium = medium;
            this.heavy = heavy;
        }
    }

    /** How much. */
    public enum Severity {
        LIGHT, MEDIUM, HEAVY
    }

    /** The number of its kind and severity: a share of the scale, pixels, or a factor. */
    public double amount() {
        return switch (severity) {
            case LIGHT -> kind.light;
            case MEDIUM -> kind.medium;
            case HEAVY -> kind.heavy;
        };
    }

    /** For example {@code noise-light}. */
    public String label() {
        return (kind + "-" + severity).toLowerCase(Locale.ROOT);
    }

    public static Optional<Corruption> find(String label) {
        return all().stream().filter(one -> one.label().equals(label)).findFirst();
    }

    public static String labels() {
        return all().stream().map(Corruption::label).collect(Collectors.joining(", "));
    }

    private static List<Corruption> all() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Severity.values()).map(severity -> new Corruption(kind, severity)))
                .toList();
    }
}
