package dev.normforge.chart;

import java.util.List;

/**
 * How a series looks: colour for those who see it, symbol, dashes and hatching for everybody.
 *
 * @param hollow whether its symbols are outlines
 * @param dash lengths of strokes and gaps as SVG has them; empty for a solid line
 */
public record Style(String colour, Symbol symbol, boolean hollow, String dash, Hatch hatch) {

    private static final List<String> DASHES = List.of("", "9 4", "2.5 3.5", "12 4 2.5 4", "6 3", "16 5", "4 2 1 2");

    /** What the inside of a bar is filled with. */
    enum Hatch {
        SOLID, RISING, FALLING, LEVEL, UPRIGHT, CROSSED, DOTTED, EMPTY
    }

    /** The style of the i-th series: the first sixteen differ in their symbols alone. */
    public static Style of(int i) {
        int colours = Ink.SERIES.size();
        return new Style(Ink.SERIES.get(i % colours), Symbol.values()[i % Symbol.values().length],
                i / colours % 2 == 1, DASHES.get(i % DASHES.size()), Hatch.values()[i % Hatch.values().length]);
    }

    /** What is not told apart: a crowd, a bar of a histogram. */
    public static Style plain() {
        return new Style(Ink.CROWD, Symbol.CIRCLE, false, "", Hatch.SOLID);
    }

    /** A line that something is measured against. */
    public static Style reference() {
        return new Style(Ink.AXIS, Symbol.CIRCLE, false, "3 4", Hatch.EMPTY);
    }

    /** The same colour, hatched. */
    public Style hatched() {
        return new Style(colour, symbol, true, dash, Hatch.RISING);
    }

    /** The same colour, filled. */
    public Style solid() {
        return new Style(colour, symbol, false, dash, Hatch.SOLID);
    }
}
