package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Term;
import java.util.Locale;

/** LaTeX with amsmath, in the signs of the EvoNorms paper: μ for means, s for standard deviations, indices below. */
final class LatexNotation implements Notation {

    @Override
    public boolean forReaders() {
        return true;
    }

    @Override
    public String input(Term.Source source) {
        return switch (source) {
            case X -> "x";
            case V0 -> "v_0";
            case V1 -> "v_1";
        };
    }

    @Override
    public String number(double value) {
        return ShownNumber.text(value, "\\infty", "\\times 10^{%d}");
    }

    @Override
    public String letter(String name) {
        return name.length() == 1 ? name : "%s_{%s}".formatted(name.substring(0, 1), name.substring(1));
    }

    @Override
    public boolean named(String text, boolean operations, int readers) {
        return readers > 1 && operations;
    }

    @Override
    public String parenthesized(String a) {
        return "\\left(%s\\right)".formatted(a);
    }

    @Override
    public String sum(String a, String b) {
        return a + " + " + b;
    }

    @Override
    public String difference(String a, String b) {
        return a + " - " + b;
    }

    @Override
    public String product(String a, String b) {
        return a + " \\cdot " + b;
    }

    @Override
    public String fraction(Part a, Part b) {
        return "\\frac{%s}{%s}".formatted(a.bare(), b.bare());
    }

    @Override
    public boolean fractionsAreFactors() {
        return true;
    }

    @Override
    public String negative(String a) {
        return "-" + a;
    }

    @Override
    public String square(Part a) {
        return "{%s}^2".formatted(a.atom());
    }

    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return "\\max\\left(%s,\\, %s\\right)".formatted(a, b);
    }

    @Override
    public String function(Elementwise op, String a) {
        return switch (op) {
            case ABS -> "\\left|%s\\right|".formatted(a);
            case SIGMOID -> "\\sigma" + parenthesized(a);
            case SQRT -> "\\operatorname{sqrt}" + parenthesized(a);
            default -> "\\%s%s".formatted(op.name().toLowerCase(Locale.ROOT), parenthesized(a));
        };
    }

    @Override
    public String aggregation(Aggregation op, String a, Term input, int position) {
        var sign = switch (op.moment()) {
            case MEAN -> "\\mu";
            case ROOT_MEAN_SQUARE -> "\\operatorname{rms}";
            case DEVIATION -> "s";
        };
        return "%s_{%s}%s".formatted(sign, indices(op.over()), parenthesized(a));
    }

    private static String indices(IndexSet over) {
        return switch (over) {
            case BATCH -> "b,w,h";
            case LAYER -> "w,h,c";
            case INSTANCE -> "w,h";
            case GROUP -> "w,h,c/g";
        };
    }
}
