package dev.normforge.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites a genotype to its phenotype. Rules keep value, gradient and epsilon wherever every live value of the genotype
 * is finite; at kinks too, so {@code max(a, 0)} of an unknown sign stays. Thread-safe.
 */
public final class Simplifier {

    /** Version of the rules: stored beside every hash; replay refuses another. */
    public static final int VERSION = 2;

    private static final int SPARE_TERMS = 8;

    private final Numerics numerics;

    public Simplifier(Numerics numerics) {
        this.numerics = numerics;
    }

    /**
     * The simplified phenotype: constants folded, shared terms once, identities removed, unused nodes gone. Graphs that
     * differ only in the order of their nodes, or of the inputs of add, mul and max, have equal ones.
     */
    public Phenotype simplify(LayerGraph graph) {
        var live = graph.live();
        var terms = new TermTable(LayerGraph.INPUTS + 2 * graph.nodes().size() + SPARE_TERMS);
        var rules = new Rules(terms, numerics.epsilon());
        var at = new int[live.length];
        for (int i = 0; i < live.length; i++) {
            if (!live[i]) {
                continue;
            }
            if (i < LayerGraph.INPUTS) {
                at[i] = i == LayerGraph.ZERO ? terms.constant(0) : terms.input(source(i));
            } else {
                var node = graph.node(i);
                int a = at[node.inputs().getFirst()];
                at[i] = switch (node.op()) {
                    case Aggregation op -> rules.aggregate(op, a);
                    case Elementwise op when op.arity() == 1 -> rules.unary(op, a);
                    case Elementwise op -> rules.binary(op, a, at[node.inputs().getLast()]);
                };
            }
        }
        return terms.phenotype(at[graph.output()]);
    }

    /** The live nodes term by term, no rewrite but {@code zero} as a constant: what the genotype says literally. */
    public static Phenotype literal(LayerGraph graph) {
        var live = graph.live();
        var position = new int[live.length];
        var terms = new ArrayList<Term>();
        for (int i = 0; i < live.length; i++) {
            if (live[i]) {
                position[i] = terms.size();
                terms.add(i < LayerGraph.INPUTS ? input(i) : applied(graph.node(i), position, terms));
            }
        }
        return new Phenotype(terms);
    }

    private static Term input(int index) {
        return index == LayerGraph.ZERO ? new Term.Constant(0) : new Term.Input(source(index));
    }

    private static Term applied(Node node, int[] position, List<Term> terms) {
        var inputs = node.inputs().stream().map(i -> position[i]).toList();
        var extents = inputs.stream().map(i -> terms.get(i).extent()).toArray(Extent[]::new);
        return new Term.Apply(node.op(), inputs, Extent.of(node.op(), extents));
    }

    private static Term.Source source(int index) {
        return switch (index) {
            case LayerGraph.X -> Term.Source.X;
            case LayerGraph.V0 -> Term.Source.V0;
            case LayerGraph.V1 -> Term.Source.V1;
            default -> throw new IllegalArgumentException("index " + index + " is no trainable or data input");
        };
    }
}
