package dev.normforge.export;

import dev.normforge.graph.Term;
import java.util.Locale;

/** Operators as Python and most other languages write and bind them. */
abstract class ProgramNotation implements Notation {

    @Override
    public String input(Term.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** The same double. */
    @Override
    public String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "float(\"nan\")" : value > 0 ? "float(\"inf\")" : "-float(\"inf\")";
        }
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }

    @Override
    public String letter(String name) {
        return name;
    }

    @Override
    public String parenthesized(String a) {
        return "(" + a + ")";
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
        return a + " * " + b;
    }

    @Override
    public boolean fractionsAreFactors() {
        return false;
    }

    @Override
    public String negative(String a) {
        return "-" + a;
    }
}
