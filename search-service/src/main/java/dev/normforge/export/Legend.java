package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** What a reader of a formula in a generated file must know, a line each. */
final class Legend {

    private Legend() {
    }

    /** @param eps what the file calls ε */
    static String of(Phenotype phenotype, LearnedVectors vectors, String eps) {
        var lines = new StringBuilder();
        if (vectors.all().size() == 1 && vectors.all().getFirst().source() == Term.Source.V1) {
            lines.append("v1 is the parameter v.\n");
        }
        var over = EnumSet.noneOf(IndexSet.class);
        boolean signed = false;
        for (var term : phenotype.terms()) {
            if (term instanceof Term.Apply(var op, var _, var _)) {
                signed |= op == Elementwise.LOG || op == Elementwise.SQRT;
                if (op instanceof Aggregation aggregation) {
                    over.add(aggregation.over());
                }
            }
        }
        if (!over.isEmpty()) {
            lines.append(over.stream().map(Legend::meaning).collect(Collectors.joining(", ",
                    "Moments are taken over ", "; variances are biased.\n")));
        }
        if (signed) {
            lines.append("sqrt(a) is sign(a) * sqrt(|a| + %s), log(a) is sign(a) * log(|a| + %<s).\n".formatted(eps));
        }
        return lines.toString();
    }

    private static String meaning(IndexSet over) {
        return switch (over) {
            case BATCH -> "batch and space (bwh)";
            case LAYER -> "channels and space (whc)";
            case INSTANCE -> "space (wh)";
            case GROUP -> "space and a group of channels (whc/g)";
        };
    }
}
