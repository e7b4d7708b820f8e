package dev.normforge.chart;

/** Draws symbols, and the samples of a legend that are made of them. */
final class Symbols {

    static final double RADIUS = 5.5;
    private static final double LINE = 2.4;

    private final Markup markup;
    private final Hatching hatching;

    Symbols(Markup markup, Hatching hatching) {
        this.markup = markup;
        this.hatching = hatching;
    }

    /** With a white rim, so that it stands out of what it covers. */
    void symbol(Style style, double x, double y) {
        var path = style.symbol().path(x, y, RADIUS);
        if (style.symbol().open()) {
            markup.leaf("path", "d", path, "fill", "none", "stroke", Ink.PAPER, "stroke-width", 5.5);
            markup.leaf("path", "d", path, "fill", "none", "stroke", style.colour(), "stroke-width",
                    style.hollow() ? 1.8 : 3.0);
        } else if (style.hollow()) {
            markup.leaf("path", "d", path, "fill", Ink.PAPER, "stroke", style.colour(), "stroke-width", 2.2);
        } else {
            markup.leaf("path", "d", path, "fill", style.colour(), "stroke", Ink.PAPER, "stroke-width", 1.2);
        }
    }

    void line(Style style, String path) {
        markup.leaf("path", "d", path, "fill", "none", "stroke", style.colour(), "stroke-width", LINE,
                "stroke-linejoin", "round", "stroke-dasharray", style.dash());
    }

    /** In front of a name in a legend. */
    void sample(Entry entry, double x, double y, double width) {
        switch (entry.kind()) {
            case LINE -> {
                rule(entry.style(), x, y, width);
                symbol(entry.style(), x + width / 2, y);
            }
            case SYMBOL -> symbol(entry.style(), x + width / 2, y);
            case RULE -> rule(entry.style(), x, y, width);
            case SWATCH ->
                markup.leaf("rect", "x", x + width / 2 - 8, "y", y - 8, "width", 16.0, "height", 16.0, "fill",
                        hatching.fill(entry.style()), "stroke", entry.style().colour(), "stroke-width", 1.5);
        }
    }

    private void rule(Style style, double x, double y, double width) {
        line(style, "M%s %sh%s".formatted(Markup.number(x), Markup.number(y), Markup.number(width)));
    }
}
