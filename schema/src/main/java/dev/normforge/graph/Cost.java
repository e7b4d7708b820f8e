package dev.normforge.graph;

/**
 * What a layer costs, from its phenotype alone: the same on every machine, so it may be a constraint.
 *
 * @param operations applied operations
 * @param tensorPasses full-size reads and writes of a forward pass, the trailing affine's two included: what bandwidth pays
 * @param parametersPerChannel v0 and v1 where used, plus gamma and beta
 */
public record Cost(int operations, int tensorPasses, int parametersPerChannel) {

    private static final int AFFINE_PASSES = 2;
    private static final int AFFINE_PARAMETERS = 2;

    /** An operation reads each distinct full-size input once and writes its output if that is full-size. */
    public static Cost of(Phenotype phenotype) {
        int operations = 0;
        int passes = AFFINE_PASSES;
        for (var term : phenotype.terms()) {
            if (term instanceof Term.Apply apply) {
                operations++;
                passes += fullReads(apply, phenotype) + (apply.extent().isFull() ? 1 : 0);
            }
        }
        int vectors = (phenotype.uses(Term.Source.V0) ? 1 : 0) + (phenotype.uses(Term.Source.V1) ? 1 : 0);
        return new Cost(operations, passes, vectors + AFFINE_PARAMETERS);
    }

    private static int fullReads(Term.Apply apply, Phenotype phenotype) {
        int first = apply.inputs().getFirst();
        int last = apply.inputs().getLast();
        int reads = phenotype.terms().get(first).extent().isFull() ? 1 : 0;
        return last != first && phenotype.terms().get(last).extent().isFull() ? reads + 1 : reads;
    }
}
