package dev.normforge.graph;

/** What an aggregation computes: mean(a), √(mean(a²)+ε), or √(variance(a)+ε) with the biased variance. */
public enum Moment {
    MEAN("mean"), ROOT_MEAN_SQUARE("rms"), DEVIATION("std");

    private final String op;

    Moment(String op) {
        this.op = op;
    }

    /** Its name in a layer file. */
    public String op() {
        return op;
    }
}
