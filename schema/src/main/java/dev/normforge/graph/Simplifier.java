package dev.normforge.graph;

/** Rewrites a genotype to its phenotype. Rules keep value, gradient and epsilon wherever the genotype is finite. */
public final class Simplifier {

    /** Version of the rules: stored beside every hash; replay refuses another. */
    public static final int VERSION = 1;

    private final Numerics numerics;

    public Simplifier(Numerics numerics) {
        this.numerics = numerics;
    }

    /** The simplified phenotype: constants folded, shared terms once, identities removed, unused nodes gone. */
    public Phenotype simplify(LayerGraph graph) {
        throw new UnsupportedOperationException("not yet " + numerics + graph);
    }

    /** The live nodes term by term, no rewrite but {@code zero} as a constant: what the genotype says literally. */
    public static Phenotype literal(LayerGraph graph) {
        throw new UnsupportedOperationException("not yet " + graph);
    }
}
