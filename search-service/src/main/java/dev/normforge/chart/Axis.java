package dev.normforge.chart;

/** @param title what its values are, with their unit */
public record Axis(String title, Scale scale) {
}
