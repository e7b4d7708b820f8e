package dev.normforge.screening;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import dev.normforge.protocol.SearchSpec;
import org.jspecify.annotations.Nullable;

/** What extents and cost alone can refuse. */
record StaticRules(SearchSpec.Space space) {

    /** The first rule that refuses; null where none does. */
    @Nullable
    Finding refusal(Phenotype phenotype, Cost cost) {
        var output = phenotype.output().extent();
        if (!phenotype.uses(Term.Source.X)) {
            return new Finding(Verdict.Rule.NO_INPUT, Double.NaN);
        }
        if (!output.batch()) {
            return new Finding(Verdict.Rule.CONSTANT_OVER_SAMPLES, Double.NaN);
        }
        if (!output.space()) {
            return new Finding(Verdict.Rule.CONSTANT_OVER_SPACE, Double.NaN);
        }
        if (space.batchIndependent() && phenotype.usesBatchStatistics()) {
            return new Finding(Verdict.Rule.FORBIDDEN_AGGREGATION, Double.NaN);
        }
        if (space.maxOperations() != null && cost.operations() > space.maxOperations()) {
            return new Finding(Verdict.Rule.TOO_MANY_OPERATIONS, cost.operations());
        }
        if (space.maxTensorPasses() != null && cost.tensorPasses() > space.maxTensorPasses()) {
            return new Finding(Verdict.Rule.TOO_MANY_TENSOR_PASSES, cost.tensorPasses());
        }
        return null;
    }
}
