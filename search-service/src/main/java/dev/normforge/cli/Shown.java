package dev.normforge.cli;

import java.util.List;

/** Progress as text. */
interface Shown {

    /** What it is doing, in a word or two: a log gets a line whenever this changes. */
    String phase();

    /** The block that a terminal redraws; no line is longer than {@code width} columns. */
    List<String> block(int width);

    /** One line for a log. */
    String line();
}
