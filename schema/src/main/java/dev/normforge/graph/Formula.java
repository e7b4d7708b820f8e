package dev.normforge.graph;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A phenotype as text, for example {@code x * sigmoid(v1 * x) / std_whc/g(x)}; the trailing affine is left out. Larger
 * terms that are read more than once get a name: {@code a * sigmoid(a) where a = …}.
 */
public final class Formula {

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int ATOM = 4;
    private static final int DIGITS = 6;

    private final Phenotype phenotype;
    private final @Nullable String[] names;

    private Formula(Phenotype phenotype) {
        this.phenotype = phenotype;
        this.names = new String[phenotype.terms().size()];
    }

    public static String of(Phenotype phenotype) {
        var formula = new Formula(phenotype);
        var definitions = formula.define();
        var output = formula.text(phenotype.terms().size() - 1).text();
        return definitions.isEmpty() ? output : output + " where " + String.join(", ", definitions);
    }

    /** The terms one by one for people: position, operation, inputs, extent. */
    public static List<String> lines(Phenotype phenotype) {
        var what = phenotype.terms().stream().map(Formula::line).toList();
        int width = what.stream().mapToInt(String::length).max().orElseThrow();
        var lines = new ArrayList<String>();
        for (int t = 0; t < what.size(); t++) {
            lines.add("%-4s = %s   %s".formatted("t" + t, what.get(t) + " ".repeat(width - what.get(t).length()),
                    phenotype.terms().get(t).extent().text()));
        }
        return lines;
    }

    private static String line(Term term) {
        return switch (term) {
            case Term.Input(var source) -> name(source);
            case Term.Constant(var value) -> number(value);
            case Term.Apply(var op, var inputs, var _) -> inputs.stream().map(i -> "t" + i)
                    .collect(Collectors.joining(", ", name(op) + "(", ")"));
        };
    }

    /** A piece of text and how tightly its outermost operation binds. */
    private record Piece(String text, int binding) {

        /** In parentheses where it binds less tightly than its surroundings need. */
        String in(int needed) {
            return binding < needed ? "(" + text + ")" : text;
        }
    }

    /** Names for shared terms that read other operations, in an order in which each only uses earlier names. */
    private List<String> define() {
        var readers = new int[names.length];
        for (var term : phenotype.terms()) {
            if (term instanceof Term.Apply apply) {
                apply.inputs().forEach(i -> readers[i]++);
            }
        }
        var definitions = new ArrayList<String>();
        for (int t = 0; t < names.length; t++) {
            if (readers[t] > 1 && readsOperations(t)) {
                var definition = text(t).text();
                names[t] = letter(definitions.size());
                definitions.add(names[t] + " = " + definition);
            }
        }
        return definitions;
    }

    private static String letter(int index) {
        var letters = "abcdefghijklmnopqrstuwyz"; // not v and x
        return index < letters.length() ? letters.substring(index, index + 1) : "a" + (index - letters.length() + 1);
    }

    private boolean readsOperations(int t) {
        return phenotype.terms().get(t) instanceof Term.Apply apply
                && apply.inputs().stream().anyMatch(i -> phenotype.terms().get(i) instanceof Term.Apply);
    }

    private Piece text(int t) {
        if (names[t] != null) {
            return new Piece(names[t], ATOM);
        }
        return switch (phenotype.terms().get(t)) {
            case Term.Input(var source) -> new Piece(name(source), ATOM);
            case Term.Constant(var value) -> new Piece(number(value), value < 0 ? SIGN : ATOM);
            case Term.Apply(var op, var inputs, var _) when op.arity() == 2 -> binary(op, inputs.getFirst(),
                    inputs.getLast());
            case Term.Apply(var op, var inputs, var _) when op == Elementwise.NEG -> new Piece(
                    "-" + text(inputs.getFirst()).in(ATOM), SIGN);
            case Term.Apply(var op, var inputs, var _) -> new Piece(
                    name(op) + "(" + text(inputs.getFirst()).text() + ")", ATOM);
        };
    }

    private Piece binary(Primitive op, int a, int b) {
        return switch (op) {
            case Elementwise.ADD -> new Piece(isSubtracted(a) && !isSubtracted(b) ? sum(b, a) : sum(a, b), SUM);
            case Elementwise.MUL -> new Piece(factor(a) <= factor(b) ? product(a, " * ", b) : product(b, " * ", a),
                    PRODUCT);
            case Elementwise.DIV -> new Piece(product(a, " / ", b), PRODUCT);
            default -> new Piece(maximum(a, b), ATOM);
        };
    }

    private String sum(int a, int b) {
        if (isSubtracted(b)) {
            var subtracted = is(Elementwise.NEG, b)
                    ? text(((Term.Apply) phenotype.terms().get(b)).inputs().getFirst()).in(PRODUCT)
                    : text(b).text().substring(1);
            return text(a).in(SUM) + " - " + subtracted;
        }
        return summand(a) <= summand(b)
                ? text(a).in(SUM) + " + " + text(b).in(PRODUCT)
                : text(b).in(SUM) + " + " + text(a).in(PRODUCT);
    }

    private String product(int a, String sign, int b) {
        return text(a).in(PRODUCT) + sign + text(b).in(ATOM);
    }

    /** The shorter first, a constant last. */
    private String maximum(int a, int b) {
        var first = text(a).text();
        var second = text(b).text();
        boolean swap = phenotype.terms().get(a) instanceof Term.Constant
                || !(phenotype.terms().get(b) instanceof Term.Constant) && first.length() > second.length();
        return swap ? "max(%s, %s)".formatted(second, first) : "max(%s, %s)".formatted(first, second);
    }

    /** Whether it is written with a minus of its own. */
    private boolean isSubtracted(int t) {
        return is(Elementwise.NEG, t) || phenotype.terms().get(t) instanceof Term.Constant(var value) && value < 0;
    }

    private boolean is(Elementwise op, int t) {
        return names[t] == null && phenotype.terms().get(t) instanceof Term.Apply apply && apply.op() == op;
    }

    /** Place in a sum, as one writes it: v1 * x + std(x) + v0 + 1. A sum comes first: it needs no parentheses there. */
    private int summand(int t) {
        if (is(Elementwise.ADD, t)) {
            return 0;
        }
        return switch (phenotype.terms().get(t)) {
            case Term.Apply _ -> is(Elementwise.MUL, t) || is(Elementwise.DIV, t) ? 1 : 3;
            case Term.Input(var source) -> source == Term.Source.X ? 2 : 4;
            case Term.Constant _ -> 5;
        };
    }

    /** Place in a product: 0.5 * v1 * x * sigmoid(x). A product comes first. */
    private int factor(int t) {
        if (is(Elementwise.MUL, t)) {
            return 0;
        }
        return switch (phenotype.terms().get(t)) {
            case Term.Constant _ -> 1;
            case Term.Input(var source) -> source == Term.Source.X ? 3 : 2;
            case Term.Apply _ -> 4;
        };
    }

    private static String name(Term.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static String name(Primitive op) {
        return op instanceof Aggregation(var _, var over) ? op.op() + "_" + over.over() : op.op();
    }

    /** Six digits, for people. */
    private static String number(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        return new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros().toString().replace('E', 'e');
    }
}
