package dev.normforge.search;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Budget;
import dev.normforge.protocol.SearchSpec.Strategy;
import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;

/** Specifications for tests: the smoke preset with other numbers. */
final class Specs {

    private Specs() {
    }

    static SearchSpec smoke(int candidates, long seed) {
        return Presets.read("smoke").withBudget(new Budget(candidates, null, null)).withSeed(seed)
                .withStrategy(strategy(16, SeenBefore.MUTATE_AGAIN, 1, 1, 3, 0.15));
    }

    static Strategy strategy(int window, SeenBefore seenBefore, int replicates, int copies, int alike, double fresh) {
        return new Strategy(window, 0.2, Criterion.PARETO, fresh, 4, seenBefore, replicates, copies, alike);
    }

    static SearchSpec audited(SearchSpec spec, double share) {
        return new SearchSpec(spec.preset(), spec.space(), spec.strategy(), spec.screen(), spec.budget(), spec.proxy(),
                spec.calibration(), spec.confirmation(), share, spec.seed());
    }
}
