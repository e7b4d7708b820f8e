package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phenotype as a formula to be set: parts that are used more than once and hold operations have a letter.
 *
 * @param definitions in an order in which each only uses earlier letters
 * @param output the last term
 */
record Typeset(List<Definition> definitions, String output) {

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int ATOM = 4;
    private static final String LETTERS = "abcdefghijklmnopqrstuw";

    Typeset {
        definitions = List.copyOf(definitions);
    }

    /** {@code letter = text}, both set. */
    record Definition(String letter, String text) {
    }

    static Typeset of(Phenotype phenotype, Notation notation) {
        return new Setting(phenotype, notation).typeset();
    }

    /** @param binding how tightly its outermost sign binds */
    private record Piece(String text, int binding) {
    }

    private static final class Setting {

        private final List<Term> terms;
        private final Notation notation;
        private final int[] readers;
        private final @Nullable Piece[] pieces;
        private final List<Definition> definitions = new ArrayList<>();

        Setting(Phenotype phenotype, Notation notation) {
            this.terms = phenotype.terms();
            this.notation = notation;
            this.readers = new int[terms.size()];
            this.pieces = new Piece[terms.size()];
            for (var term : terms) {
                if (term instanceof Term.Apply apply) {
                    apply.inputs().forEach(input -> readers[input]++);
                }
            }
        }

        Typeset typeset() {
            for (int t = 0; t < terms.size(); t++) {
                var piece = set(t);
                pieces[t] = readers[t] > 1 && holdsOperations(t) ? named(piece) : piece;
            }
            return new Typeset(definitions, piece(terms.size() - 1).text());
        }

        private boolean holdsOperations(int t) {
            return terms.get(t) instanceof Term.Apply apply
                    && apply.inputs().stream().anyMatch(input -> terms.get(input) instanceof Term.Apply);
        }

        private Piece named(Piece piece) {
            int i = definitions.size();
            var letter = notation.letter(i < LETTERS.length() ? LETTERS.substring(i, i + 1) : "a" + i);
            definitions.add(new Definition(letter, piece.text()));
            return new Piece(letter, ATOM);
        }

        private Piece piece(int t) {
            var piece = pieces[t];
            if (piece == null) {
                throw new IllegalStateException("term " + t + " is read before it is set");
            }
            return piece;
        }

        private String in(int t, int needed) {
            var piece = piece(t);
            return piece.binding() < needed ? notation.parenthesized(piece.text()) : piece.text();
        }

        private Piece set(int t) {
            return switch (terms.get(t)) {
                case Term.Input(var source) -> new Piece(notation.input(source), ATOM);
                case Term.Constant(var value) -> new Piece(notation.number(value), value < 0 ? SIGN : ATOM);
                case Term.Apply(Aggregation(var moment, var over), var inputs, var _) -> new Piece(
                        notation.moment(moment, over, piece(inputs.getFirst()).text()), ATOM);
                case Term.Apply(Elementwise op, var inputs, var _) -> elementwise(op, inputs.getFirst(),
                        inputs.getLast());
            };
        }

        private Piece elementwise(Elementwise op, int a, int b) {
            return switch (op) {
                case ADD -> sum(a, b);
                case MUL -> new Piece(notation.product(in(a, PRODUCT), in(b, ATOM)), PRODUCT);
                case DIV -> new Piece(notation.fraction(piece(a).text(), piece(b).text()), PRODUCT);
                case MAX -> new Piece(notation.maximum(piece(a).text(), piece(b).text()), ATOM);
                case NEG -> new Piece(notation.negative(in(a, PRODUCT)), SIGN);
                case SQUARE -> new Piece(notation.square(in(a, ATOM)), ATOM);
                case SIGMOID, TANH, EXP, LOG, ABS, SQRT -> new Piece(notation.function(op, piece(a).text()), ATOM);
            };
        }

        /** A negation is subtracted, whichever side it stands on. */
        private Piece sum(int a, int b) {
            if (isNegation(b)) {
                return new Piece(notation.difference(in(a, SUM), in(negated(b), PRODUCT)), SUM);
            }
            return isNegation(a)
                    ? new Piece(notation.difference(in(b, SUM), in(negated(a), PRODUCT)), SUM)
                    : new Piece(notation.sum(in(a, SUM), in(b, PRODUCT)), SUM);
        }

        private boolean isNegation(int t) {
            return terms.get(t) instanceof Term.Apply apply && apply.op() == Elementwise.NEG
                    && !(readers[t] > 1 && holdsOperations(t));
        }

        private int negated(int t) {
            return ((Term.Apply) terms.get(t)).inputs().getFirst();
        }
    }
}
