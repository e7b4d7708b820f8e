package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Term;
import java.util.Locale;

/** MathML Core, which browsers draw; the same signs as in LaTeX. */
final class MathMlNotation implements Notation {

    @Override
    public boolean forReaders() {
        return true;
    }

    @Override
    public String input(Term.Source source) {
        return switch (source) {
            case X -> "<mi>x</mi>";
            case V0 -> indexed("<mi>v</mi>", "<mn>0</mn>");
            case V1 -> indexed("<mi>v</mi>", "<mn>1</mn>");
        };
    }

    @Override
    public String number(double value) {
        var text = ShownNumber.text(Math.abs(value), "∞", "</mn><mo>·</mo><msup><mn>10</mn><mn>%d</mn></msup><mn>");
        var number = "<mn>%s</mn>".formatted(text).replace("<mn></mn>", "");
        return row(value < 0 ? "<mo>−</mo>" + number : number);
    }

    @Override
    public String letter(String name) {
        return name.length() == 1
                ? "<mi>%s</mi>".formatted(name)
                : indexed("<mi>%s</mi>".formatted(name.substring(0, 1)), "<mn>%s</mn>".formatted(name.substring(1)));
    }

    @Override
    public boolean named(String text, boolean operations, int readers) {
        return readers > 1 && operations;
    }

    /** Around what is no higher than a letter they stay as they are: a stretchy one is set with wide gaps. */
    @Override
    public String parenthesized(String a) {
        return row("<mo%1$s>(</mo>%2$s<mo%1$s>)</mo>".formatted(a.contains("<mfrac") ? "" : " stretchy=\"false\"", a));
    }

    @Override
    public String sum(String a, String b) {
        return row(a + "<mo>+</mo>" + b);
    }

    @Override
    public String difference(String a, String b) {
        return row(a + "<mo>−</mo>" + b);
    }

    @Override
    public String product(String a, String b) {
        return row(a + "<mo>·</mo>" + b);
    }

    @Override
    public String fraction(Part a, Part b) {
        return "<mfrac>%s%s</mfrac>".formatted(row(a.bare()), row(b.bare()));
    }

    @Override
    public boolean fractionsAreFactors() {
        return true;
    }

    @Override
    public String negative(String a) {
        return row("<mo>−</mo>" + a);
    }

    @Override
    public String square(Part a) {
        return "<msup>%s<mn>2</mn></msup>".formatted(row(a.atom()));
    }

    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return row("<mi>max</mi>" + parenthesized(a + "<mo>,</mo>" + b));
    }

    @Override
    public String function(Elementwise op, String a) {
        return switch (op) {
            case ABS -> row("<mo>|</mo>%s<mo>|</mo>".formatted(a));
            case SIGMOID -> row("<mi>σ</mi>" + parenthesized(a));
            default -> row("<mi>%s</mi>%s".formatted(op.name().toLowerCase(Locale.ROOT), parenthesized(a)));
        };
    }

    @Override
    public String aggregation(Aggregation op, String a, Term input, int position) {
        var sign = switch (op.moment()) {
            case MEAN -> "<mi>μ</mi>";
            case ROOT_MEAN_SQUARE -> "<mi>rms</mi>";
            case DEVIATION -> "<mi>s</mi>";
        };
        return row(indexed(sign, "<mtext>%s</mtext>".formatted(op.over().over())) + parenthesized(a));
    }

    static String row(String inner) {
        return "<mrow>%s</mrow>".formatted(inner);
    }

    private static String indexed(String base, String index) {
        return "<msub>%s%s</msub>".formatted(base, index);
    }
}
