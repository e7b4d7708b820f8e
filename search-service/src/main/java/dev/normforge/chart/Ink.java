package dev.normforge.chart;

import java.util.List;

/** Colours. Text keeps 4.5 : 1 against the paper and lines 3 : 1 at least (WCAG 2.2, AA). */
final class Ink {

    /** Stands behind everything, so that a chart reads the same on a dark page. */
    static final String PAPER = "#ffffff";
    static final String TEXT = "#1b1f24";
    static final String SOFT = "#4a525e";
    static final String AXIS = "#6b7380";
    static final String GRID = "#e4e7eb";
    static final String EDGE = "#d5dae1";

    static final String CROWD = "#7d8796";

    /** Of series, in the order in which they are given. */
    static final List<String> SERIES = List.of("#0b5fa5", "#b3400b", "#00705a", "#8a2c8c", "#7a5c00", "#c2185b",
            "#3d5a14", "#4b4f58");

    private Ink() {
    }
}
