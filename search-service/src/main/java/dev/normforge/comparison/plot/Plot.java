package dev.normforge.comparison.plot;

/**
 * A chart of a comparison, ready to be written.
 *
 * @param name of its file, without ending: a-z, 0-9 and -
 * @param title one line
 * @param svg the whole document
 */
public record Plot(String name, String title, String svg) {
}
