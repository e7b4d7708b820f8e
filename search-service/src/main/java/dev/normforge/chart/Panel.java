package dev.normforge.chart;

import java.util.List;

/**
 * One plot of a chart.
 *
 * @param title empty for none
 * @param marks later ones are drawn over earlier ones
 */
public record Panel(String title, Axis x, Axis y, List<Mark> marks) {
    public Panel {
        marks = List.copyOf(marks);
    }
}
