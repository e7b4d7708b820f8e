package dev.normforge.chart;

/** A line of a legend. */
public record Entry(String name, Style style, Kind kind) {

    /** What stands before the name. */
    public enum Kind {
        /** A line with a symbol. */
        LINE(40),
        /** A symbol alone. */
        SYMBOL(18),
        /** A filled square. */
        SWATCH(18),
        /** A line alone. */
        RULE(40);

        private final double width;

        Kind(double width) {
            this.width = width;
        }

        /** In pixels. */
        double width() {
            return width;
        }
    }
}
