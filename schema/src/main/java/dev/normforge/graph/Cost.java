package dev.normforge.graph;

/**
 * What a layer costs, from its phenotype alone: the same on every machine, so it may be a constraint.
 *
 * @param operations applied operations
 * @param tensorPasses full-size reads and writes of a forward pass, the trailing affine's two included: what bandwidth pays
 * @param parametersPerChannel v0 and v1 where used, plus gamma and beta
 */
public record Cost(int operations, int tensorPasses, int parametersPerChannel) {

    /** An operation reads each distinct full-size input once and writes its output if that is full-size. */
    public static Cost of(Phenotype phenotype) {
        throw new UnsupportedOperationException("not yet " + phenotype);
    }
}
