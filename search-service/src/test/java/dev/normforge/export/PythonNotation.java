package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Term;
import java.util.Locale;

/** Formulas as Python computes them, named and grouped as in {@link LatexNotation}: signs bind there as in mathematics. */
final class PythonNotation extends ProgramNotation {

    private final Notation set = new LatexNotation();

    @Override
    public boolean named(String text, boolean operations, int readers) {
        return set.named(text, operations, readers);
    }

    @Override
    public boolean forReaders() {
        return set.forReaders();
    }

    /**
     * A bar groups what is above and below it, and both as a factor, but not under a power: Python's sign binds so too. Two of
     * them change no value.
     */
    @Override
    public String fraction(Part a, Part b) {
        return "-((%s) / -(%s))".formatted(a.bare(), b.bare());
    }

    @Override
    public boolean fractionsAreFactors() {
        return set.fractionsAreFactors();
    }

    @Override
    public String square(Part a) {
        return a.atom() + " ** 2";
    }

    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return "maximum(%s, %s)".formatted(a, b);
    }

    @Override
    public String function(Elementwise op, String a) {
        return "%s_(%s)".formatted(op.name().toLowerCase(Locale.ROOT), a);
    }

    @Override
    public String aggregation(Aggregation op, String a, Term input, int position) {
        return "%s_(\"%s\", %s)".formatted(op.op(), op.over().over(), a);
    }
}
