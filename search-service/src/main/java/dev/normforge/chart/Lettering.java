package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide a text is, without a font: the advance widths of DejaVu Sans, which is wider than what most browsers choose. So
 * there may be some room too much, but nothing overlaps.
 */
public final class Lettering {

    /** What a drawing asks for, the system's own first. */
    public static final String FONTS = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif";

    private static final char FIRST = ' ';
    private static final double BOLD = 1.12;
    private static final double UNKNOWN = 0.84;

    /** In hundredths of the font's size, from the space to the tilde. */
    private static final int[] WIDTHS = {32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64,
            64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75,
            79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28,
            28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};

    private Lettering() {
    }

    /** In pixels, at a font size in pixels. */
    public static double width(String text, double size) {
        return text.chars().mapToDouble(Lettering::width).sum() * size;
    }

    static double boldWidth(String text, double size) {
        return BOLD * width(text, size);
    }

    private static double width(int letter) {
        int place = letter - FIRST;
        return place >= 0 && place < WIDTHS.length ? WIDTHS[place] / 100.0 : UNKNOWN;
    }

    /** Lines of at most this width, broken at spaces; a longer word stays whole. */
    static List<String> lines(String text, double size, double width) {
        return lines(text.strip().split("(?<= )", -1), size, width);
    }

    /** The same for names, which may be broken after a dash too. */
    static List<String> pieces(String name, double size, double width) {
        return lines(name.strip().split("(?<=[ -])", -1), size, width);
    }

    private static List<String> lines(String[] words, double size, double width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : words) {
            if (!line.isEmpty() && width((line + word).stripTrailing(), size) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
