package dev.normforge.chart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Patterns that fill bars, defined once each. */
final class Hatching {

    private final String prefix;
    private final Map<String, Style> used = new LinkedHashMap<>();

    Hatching(String prefix) {
        this.prefix = prefix;
    }

    /** What a bar of this style is filled with. */
    String fill(Style style) {
        return switch (style.hatch()) {
            case SOLID -> style.colour();
            case EMPTY -> Ink.PAPER;
            case RISING, FALLING, LEVEL, UPRIGHT, CROSSED, DOTTED -> {
                used.putIfAbsent(name(style), style);
                yield "url(#%s)".formatted(name(style));
            }
        };
    }

    private String name(Style style) {
        return "%s-%s-%s".formatted(prefix, style.hatch().name().toLowerCase(Locale.ROOT),
                style.colour().substring(1));
    }

    /** The definitions of all patterns that were asked for. */
    void define(Markup markup) {
        used.forEach((name, style) -> {
            markup.open("pattern", "id", name, "width", 8.0, "height", 8.0, "patternUnits", "userSpaceOnUse");
            markup.leaf("rect", "width", 8.0, "height", 8.0, "fill", Ink.PAPER);
            markup.leaf("path", "d", strokes(style.hatch()), "stroke", style.colour(), "stroke-width",
                    style.hatch() == Style.Hatch.DOTTED ? 3.4 : 2.2, "stroke-linecap",
                    style.hatch() == Style.Hatch.DOTTED ? "round" : "");
            markup.close("pattern");
        });
    }

    private static String strokes(Style.Hatch hatch) {
        return switch (hatch) {
            case RISING -> "M-2 2l4 -4M0 8l8 -8M6 10l4 -4";
            case FALLING -> "M-2 6l4 4M0 0l8 8M6 -2l4 4";
            case LEVEL -> "M0 4h8";
            case UPRIGHT -> "M4 0v8";
            case CROSSED -> "M0 4h8M4 0v8";
            case DOTTED -> "M4 4h0.01";
            case SOLID, EMPTY -> "";
        };
    }
}
