package dev.normforge.export;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Term;

/** How a formula is set in the paper's notation. What needs parentheses comes in them. */
interface Notation {

    String input(Term.Source source);

    String number(double value);

    /** The name of a shared part. */
    String letter(String name);

    String parenthesized(String a);

    String sum(String a, String b);

    String difference(String a, String b);

    String product(String a, String b);

    String fraction(String a, String b);

    String negative(String a);

    String square(String a);

    String maximum(String a, String b);

    /** One of {@code SIGMOID, TANH, EXP, LOG, ABS, SQRT}; {@code a} needs no parentheses. */
    String function(Elementwise op, String a);

    /** {@code a} needs no parentheses. */
    String moment(Moment moment, IndexSet over, String a);
}
