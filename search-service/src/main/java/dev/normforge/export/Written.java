package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phenotype as a formula with the fewest parentheses that keep the order of operations. Which parts have names, so that they
 * are written once, its notation decides.
 *
 * @param definitions of parts with names, in an order in which each only uses earlier ones
 * @param output the last term
 * @param factor the same, to be multiplied
 */
record Written(List<Definition> definitions, String output, String factor) {

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int BAR = 4;
    private static final int ATOM = 5;
    private static final String LETTERS = "abcdefghijklmnopqrstuw";

    Written {
        definitions = List.copyOf(definitions);
    }

    /** {@code name = text}. */
    record Definition(String name, String text) {
    }

    static Written of(Phenotype phenotype, Notation notation) {
        return new Writing(phenotype, notation).written();
    }

    /** @param binding how tightly its outermost sign binds */
    private record Piece(String text, int binding, Notation notation) implements Notation.Part {

        String in(int needed) {
            return binding < needed ? notation.parenthesized(text) : text;
        }

        @Override
        public String bare() {
            return text;
        }

        @Override
        public String factor() {
            return in(PRODUCT);
        }

        @Override
        public String atom() {
            return in(ATOM);
        }
    }

    private static final class Writing {

        private final List<Term> terms;
        private final Notation notation;
        private final Map<Integer, Fusion> fusions;
        /** Terms that a fusion computes; they are not written. */
        private final Set<Integer> inner = new HashSet<>();
        private final int[] readers;
        private final @Nullable Piece[] pieces;
        private final List<Definition> definitions = new ArrayList<>();

        Writing(Phenotype phenotype, Notation notation) {
            this.terms = phenotype.terms();
            this.notation = notation;
            this.readers = new int[terms.size()];
            this.pieces = new Piece[terms.size()];
            this.fusions = notation.fusions(phenotype);
            fusions.values().forEach(fusion -> inner.addAll(fusion.inner()));
            for (int t = 0; t < terms.size(); t++) {
                reads(t).forEach(input -> readers[input]++);
            }
        }

        private List<Integer> reads(int t) {
            var fusion = fusions.get(t);
            if (fusion != null) {
                return fusion.inputs();
            }
            return terms.get(t) instanceof Term.Apply apply && !inner.contains(t) ? apply.inputs() : List.of();
        }

        Written written() {
            for (int t = 0; t < terms.size(); t++) {
                if (!inner.contains(t)) {
                    var piece = write(t);
                    pieces[t] = isNamed(t, piece.text()) ? named(piece) : piece;
                }
            }
            var last = piece(terms.size() - 1);
            return new Written(definitions, last.text(), last.factor());
        }

        private boolean isNamed(int t, String text) {
            return readers[t] > 0 && terms.get(t) instanceof Term.Apply apply && notation.named(text,
                    apply.inputs().stream().anyMatch(input -> terms.get(input) instanceof Term.Apply), readers[t]);
        }

        private Piece named(Piece piece) {
            int i = definitions.size();
            var letter = notation.letter(i < LETTERS.length() ? LETTERS.substring(i, i + 1) : "a" + i);
            definitions.add(new Definition(letter, piece.text()));
            return atom(letter);
        }

        private Piece piece(int t) {
            var piece = pieces[t];
            if (piece == null) {
                throw new IllegalStateException("term " + t + " is read before it is written");
            }
            return piece;
        }

        private Piece write(int t) {
            var fusion = fusions.get(t);
            if (fusion != null) {
                return atom(notation.fused(fusion, fusion.inputs().stream().map(i -> piece(i).text()).toList()));
            }
            return switch (terms.get(t)) {
                case Term.Input(var source) -> atom(notation.input(source));
                case Term.Constant(var value) -> new Piece(notation.number(value), value < 0 ? SIGN : ATOM, notation);
                case Term.Apply(Aggregation op, var inputs, var _) -> atom(notation.aggregation(op,
                        piece(inputs.getFirst()).text(), terms.get(inputs.getFirst()), t));
                case Term.Apply(Elementwise op, var inputs, var _) -> elementwise(op, inputs.getFirst(),
                        inputs.getLast());
            };
        }

        private Piece elementwise(Elementwise op, int first, int last) {
            var a = piece(first);
            var b = piece(last);
            return switch (op) {
                case ADD -> new Piece(sum(first, last), SUM, notation);
                case MUL -> new Piece(product(first, last), PRODUCT, notation);
                case DIV -> new Piece(notation.fraction(a, b), notation.fractionsAreFactors() ? BAR : PRODUCT,
                        notation);
                case NEG -> new Piece(notation.negative(a.factor()), SIGN, notation);
                case MAX -> atom(notation.maximum(a.text(), b.text(), isNumber(first), isNumber(last)));
                case SQUARE -> atom(notation.square(a));
                case SIGMOID, TANH, EXP, LOG, ABS, SQRT -> atom(notation.function(op, a.text()));
            };
        }

        private Piece atom(String text) {
            return new Piece(text, ATOM, notation);
        }

        private boolean isNumber(int t) {
            return terms.get(t) instanceof Term.Constant;
        }

        /** What has a minus of its own is subtracted, whichever side it stands on. */
        private String sum(int a, int b) {
            var second = subtracted(b);
            if (second != null) {
                return notation.difference(piece(a).in(SUM), second);
            }
            var first = subtracted(a);
            if (first != null) {
                return notation.difference(piece(b).in(SUM), first);
            }
            return notation.forReaders() && summand(a) > summand(b)
                    ? notation.sum(piece(b).in(SUM), piece(a).factor())
                    : notation.sum(piece(a).in(SUM), piece(b).factor());
        }

        private String product(int a, int b) {
            return notation.forReaders() && factor(a) > factor(b)
                    ? notation.product(piece(b).factor(), piece(a).in(BAR))
                    : notation.product(piece(a).factor(), piece(b).in(BAR));
        }

        /** Place in a sum, as {@link dev.normforge.graph.Formula} has it: v1 x + std(x) + v0 + 1. */
        private int summand(int t) {
            int binding = piece(t).binding();
            return switch (terms.get(t)) {
                case Term.Apply _ -> binding == SUM ? 0 : binding == PRODUCT || binding == BAR ? 1 : 3;
                case Term.Input(var source) -> source == Term.Source.X ? 2 : 4;
                case Term.Constant _ -> 5;
            };
        }

        /** Place in a product: 0.5 v1 x sigmoid(x). */
        private int factor(int t) {
            return switch (terms.get(t)) {
                case Term.Constant _ -> 1;
                case Term.Input(var source) -> source == Term.Source.X ? 3 : 2;
                case Term.Apply apply -> apply.op() == Elementwise.MUL && piece(t).binding() == PRODUCT ? 0 : 4;
            };
        }

        /** Without its minus; null where it has none, or a name. */
        private @Nullable String subtracted(int t) {
            if (piece(t).binding() != SIGN) {
                return null;
            }
            return switch (terms.get(t)) {
                case Term.Apply(var _, var inputs, var _) -> piece(inputs.getFirst()).factor();
                case Term.Constant(var value) -> notation.number(-value);
                case Term.Input _ -> null;
            };
        }
    }
}
