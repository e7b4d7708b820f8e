package dev.normforge.export;

import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a formula that training learns, under the names of an exported module: v1 alone is {@code v}, as in timm's
 * EvoNorm layers.
 */
record LearnedVectors(List<Vector> all) {

    /** @param initial the number that it starts from in every channel */
    record Vector(Term.Source source, String name, int initial) {
    }

    static LearnedVectors of(Phenotype phenotype) {
        var found = new ArrayList<Vector>();
        boolean both = phenotype.uses(Term.Source.V0);
        if (both) {
            found.add(new Vector(Term.Source.V0, "v0", 0));
        }
        if (phenotype.uses(Term.Source.V1)) {
            found.add(new Vector(Term.Source.V1, both ? "v1" : "v", 1));
        }
        return new LearnedVectors(List.copyOf(found));
    }

    /** What code calls the input. */
    String name(Term.Source source) {
        return all.stream().filter(vector -> vector.source() == source).map(Vector::name).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the formula does not read " + source));
    }
}
