package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.List;
import java.util.Map;

/** How a formula is written: as code, or set in the paper's signs. Where a text is given, it has the parentheses that it needs. */
interface Notation {

    /** A part of a formula, whose reader decides whether it stands in parentheses. */
    interface Part {

        /** Without: what stands around it groups it. */
        String bare();

        /** To be multiplied or divided. */
        String factor();

        /** As a divisor, or under a power. */
        String atom();
    }

    String input(Term.Source source);

    String number(double value);

    /** The name of a part that others read. */
    String letter(String name);

    /**
     * Whether a part has a name of its own.
     *
     * @param operations whether it reads operations, not inputs alone
     * @param readers how often it is read
     */
    boolean named(String text, boolean operations, int readers);

    String parenthesized(String a);

    String sum(String a, String b);

    String difference(String a, String b);

    String product(String a, String b);

    String negative(String a);

    String fraction(Part a, Part b);

    /** Whether a fraction may be what others are multiplied by: its bar groups it, though not under a power. */
    boolean fractionsAreFactors();

    String square(Part a);

    /** Of what it groups itself; the flags tell which of the two are plain numbers. */
    String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber);

    /** One of {@code SIGMOID, TANH, EXP, LOG, ABS, SQRT}, of what it groups itself. */
    String function(Elementwise op, String a);

    /**
     * A moment of what it groups itself.
     *
     * @param input the term that it is taken of, which tells over which axes that varies
     * @param position among the phenotype's terms
     */
    String aggregation(Aggregation op, String a, Term input, int position);

    /** Whether sums and products are put in the order of the formulas that are shown elsewhere; else they stay as the graph has them. */
    default boolean forReaders() {
        return false;
    }

    /** Terms that it writes as one call, by the last of them. */
    default Map<Integer, Fusion> fusions(Phenotype phenotype) {
        return Map.of();
    }

    /**
     * The call for one of its {@link #fusions}.
     *
     * @param inputs what the call reads, in its order; it groups them itself
     */
    default String fused(Fusion fusion, List<String> inputs) {
        throw new UnsupportedOperationException("no call for " + fusion);
    }
}
