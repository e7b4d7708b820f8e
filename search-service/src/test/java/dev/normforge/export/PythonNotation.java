package dev.normforge.export;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Term;
import java.util.Locale;

/** Formulas as Python computes them: signs bind there as they do in mathematics. */
final class PythonNotation implements Notation {

    @Override
    public String input(Term.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String number(double value) {
        return TorchDialect.python(value);
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

    /** A bar groups what is above and below it. */
    @Override
    public String fraction(String a, String b) {
        return "(%s) / (%s)".formatted(a, b);
    }

    @Override
    public String negative(String a) {
        return "-" + a;
    }

    @Override
    public String square(String a) {
        return a + " ** 2";
    }

    @Override
    public String maximum(String a, String b) {
        return "maximum(%s, %s)".formatted(a, b);
    }

    @Override
    public String function(Elementwise op, String a) {
        return "%s_(%s)".formatted(op.name().toLowerCase(Locale.ROOT), a);
    }

    @Override
    public String moment(Moment moment, IndexSet over, String a) {
        return "%s_(\"%s\", %s)".formatted(moment.op(), over.over(), a);
    }
}
