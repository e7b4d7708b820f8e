package dev.normforge.comparison.score;

import java.util.Locale;

/** What scores of an anchor are counted in. */
public enum Unit {
    /** Share of images classified rightly; shown in %. */
    ACCURACY("%", "points", 100, 1),
    /** Peak signal-to-noise ratio of restored images. */
    DECIBEL("dB", "dB", 1, 2);

    private final String symbol;
    private final String differences;
    private final double factor;
    private final int decimals;

    Unit(String symbol, String differences, double factor, int decimals) {
        this.symbol = symbol;
        this.differences = differences;
        this.factor = factor;
        this.decimals = decimals;
    }

    public String symbol() {
        return symbol;
    }

    /** What a score is called on an axis or above a table. */
    public String title() {
        return this == ACCURACY ? "accuracy in %" : "PSNR in dB";
    }

    /** A score as it is shown, without its symbol. */
    public double shown(double score) {
        return factor * score;
    }

    /** A score or a deviation as a table shows it. */
    public String text(double score) {
        return String.format(Locale.ROOT, "%." + decimals + "f", shown(score));
    }

    /** A difference of scores, with its sign. */
    public String signed(double difference) {
        return String.format(Locale.ROOT, "%+." + decimals + "f", shown(difference));
    }

    /** A difference with its sign and what it is counted in. */
    public String difference(double difference) {
        return signed(difference) + " " + differences;
    }
}
