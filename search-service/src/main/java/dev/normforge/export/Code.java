package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phenotype as statements of a programming language: what is used more than once has a name, all else stands where it is
 * used, and long expressions are cut. No term is computed twice.
 *
 * @param statements in the order in which they must run
 * @param output the last term's expression
 */
record Code(List<Statement> statements, String output) {

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int ATOM = 4;
    private static final int LONG = 60;
    private static final String LETTERS = "abcdefghijklmnopqrstu";

    Code {
        statements = List.copyOf(statements);
    }

    /** {@code name = expression}. */
    record Statement(String name, String expression) {
    }

    /** How a framework writes what is no operator. */
    interface Dialect {

        String input(Term.Source source);

        String number(double value);

        /** An operation with one input that is neither a sign nor a square. */
        String function(Elementwise op, String a);

        String square(String a);

        /** @param constants which of the two are plain numbers */
        String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber);

        /**
         * @param a what it is taken of
         * @param input its term, which tells over which axes it varies
         * @param position of the aggregation among the phenotype's terms
         */
        String aggregation(Aggregation op, String a, Term input, int position);
    }

    static Code of(Phenotype phenotype, Dialect dialect) {
        return new Writing(phenotype, dialect).code();
    }

    /** A piece of text and how tightly its outermost operation binds. */
    private record Piece(String text, int binding) {

        /** In parentheses where it binds less tightly than its surroundings need. */
        String in(int needed) {
            return binding < needed ? "(" + text + ")" : text;
        }
    }

    private static final class Writing {

        private final List<Term> terms;
        private final Dialect dialect;
        private final List<Statement> statements = new ArrayList<>();
        private final int[] readers;
        private final @Nullable Piece[] pieces;

        Writing(Phenotype phenotype, Dialect dialect) {
            this.terms = phenotype.terms();
            this.dialect = dialect;
            this.pieces = new Piece[terms.size()];
            this.readers = new int[terms.size()];
            for (var term : terms) {
                if (term instanceof Term.Apply apply) {
                    apply.inputs().forEach(input -> readers[input]++);
                }
            }
        }

        Code code() {
            for (int t = 0; t < terms.size(); t++) {
                var piece = write(t);
                boolean last = t == terms.size() - 1;
                boolean named = terms.get(t) instanceof Term.Apply
                        && !last && (readers[t] > 1 || piece.text().length() > LONG);
                pieces[t] = named ? name(piece) : piece;
            }
            return new Code(statements, piece(terms.size() - 1).text());
        }

        private Piece name(Piece piece) {
            int i = statements.size();
            var name = i < LETTERS.length() ? LETTERS.substring(i, i + 1) : "t" + i;
            statements.add(new Statement(name, piece.text()));
            return new Piece(name, ATOM);
        }

        private Piece piece(int t) {
            var piece = pieces[t];
            if (piece == null) {
                throw new IllegalStateException("term " + t + " is read before it is written");
            }
            return piece;
        }

        private Piece write(int t) {
            return switch (terms.get(t)) {
                case Term.Input(var source) -> new Piece(dialect.input(source), ATOM);
                case Term.Constant(var value) -> new Piece(dialect.number(value), value < 0 ? SIGN : ATOM);
                case Term.Apply(Aggregation op, var inputs, var _) -> new Piece(dialect.aggregation(op,
                        piece(inputs.getFirst()).text(), terms.get(inputs.getFirst()), t), ATOM);
                case Term.Apply(Elementwise op, var inputs, var _) -> elementwise(op, inputs.getFirst(),
                        inputs.getLast());
            };
        }

        private Piece elementwise(Elementwise op, int first, int last) {
            var a = piece(first);
            var b = piece(last);
            return switch (op) {
                case ADD -> b.binding() == SIGN && b.text().startsWith("-")
                        ? new Piece(a.in(SUM) + " - " + b.text().substring(1), SUM)
                        : new Piece(a.in(SUM) + " + " + b.in(PRODUCT), SUM);
                case MUL -> new Piece(a.in(PRODUCT) + " * " + b.in(SIGN), PRODUCT);
                case DIV -> new Piece(a.in(PRODUCT) + " / " + b.in(SIGN), PRODUCT);
                case NEG -> new Piece("-" + a.in(ATOM), SIGN);
                case MAX -> new Piece(dialect.maximum(a.text(), b.text(), isNumber(first), isNumber(last)), ATOM);
                case SQUARE -> new Piece(dialect.square(a.text()), ATOM);
                case SIGMOID, TANH, EXP, LOG, ABS, SQRT -> new Piece(dialect.function(op, a.text()), ATOM);
            };
        }

        private boolean isNumber(int t) {
            return terms.get(t) instanceof Term.Constant;
        }
    }
}
