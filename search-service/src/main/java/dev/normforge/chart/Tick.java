package dev.normforge.chart;

/** A value of an axis that is written. */
public record Tick(double at, String label) {
}
