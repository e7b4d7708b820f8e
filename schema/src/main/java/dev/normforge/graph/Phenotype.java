package dev.normforge.graph;

import java.util.List;

/**
 * What a genotype computes: live terms in topological order, the last is the output. Two genotypes with the same
 * simplified phenotype are the same layer.
 *
 * @param terms inputs of a term stand before it
 */
public record Phenotype(List<Term> terms) {

    public Phenotype {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("a phenotype has at least one term");
        }
    }

    public Term output() {
        return terms.getLast();
    }

    public boolean uses(Term.Source source) {
        return terms.contains(new Term.Input(source));
    }

    /** Whether any statistic is taken over the batch, so that training and evaluation may differ. */
    public boolean usesBatchStatistics() {
        return terms.stream().anyMatch(Phenotype::isBatchAggregation);
    }

    /** Whether this term is an aggregation over batch and space, which needs population statistics at evaluation. */
    public static boolean isBatchAggregation(Term term) {
        return term instanceof Term.Apply(Aggregation(var _, var over), var _, var _) && over == IndexSet.BATCH;
    }
}
