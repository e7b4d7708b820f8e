package dev.normforge.chart;

import java.util.List;

/** Something drawn in a panel, in values of its axes. */
public sealed interface Mark {

    /**
     * Points with symbols and error bars, from left to right.
     *
     * @param joined whether a line joins them
     * @param every symbols stand at every so many points, and at the last
     * @param shift of the whole series in pixels, so that error bars of several do not cover each other
     */
    record Series(Style style, List<Point> points, boolean joined, int every, double shift) implements Mark {
        public Series {
            points = List.copyOf(points);
            if (every < 1) {
                throw new IllegalArgumentException("every is %d, expected at least 1".formatted(every));
            }
        }
    }

    /**
     * Bars from the bottom of the panel.
     *
     * @param width of a bar, in values of the x axis
     */
    record Bars(Style style, List<Point> bars, double width) implements Mark {
        public Bars {
            bars = List.copyOf(bars);
        }
    }

    /** Many points without a difference. */
    record Cloud(Style style, List<Point> points) implements Mark {
        public Cloud {
            points = List.copyOf(points);
        }
    }

    /** A horizontal line through the whole panel. */
    record Level(Style style, double y) implements Mark {
    }

    /** A vertical line through the whole panel. */
    record Upright(Style style, double x) implements Mark {
    }

    /**
     * A symbol at the upper rim of the panel.
     *
     * @param lower pixels below the rim, so that several do not cover each other
     */
    record Head(Style style, double x, double lower) implements Mark {
    }

    /** A name above the panel, over a thin vertical line. */
    record Flag(String name, double x) implements Mark {
    }
}
