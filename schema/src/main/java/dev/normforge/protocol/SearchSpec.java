package dev.normforge.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a search but the order in which its results arrive. Immutable: presets are resolved before it
 * is stored.
 *
 * @param preset where it came from, for people
 * @param space which graphs may be proposed
 * @param strategy how they are proposed
 * @param screen what the stack probe refuses
 * @param budget when evolution ends
 * @param proxy the task on which layers are compared
 * @param calibration reference layers that are measured first
 * @param confirmation how the best are measured again
 * @param auditShare share of the layers refused by the stack probe or a quality gate that are trained all the same, and
 *        the largest share of all steps spent on that
 * @param seed of every random draw of the search
 */
public record SearchSpec(String preset, Space space, Strategy strategy, Screen screen, Budget budget, ProxySpec proxy,
        Calibration calibration, Confirmation confirmation, double auditShare, long seed) {

    public SearchSpec {
        Require.within("auditShare", auditShare, 0, 1);
        proxy.anchors().forEach(anchor -> Require.that(anchor.family().searched(), "proxy.anchors.family",
                anchor.family(), "RESNET, MOBILENET_V2 or EFFICIENTNET: the others are for comparisons alone"));
        var anchors = proxy.anchors().stream().map(AnchorSpec::name).toList();
        for (var gate : proxy.rejections().gates()) {
            Require.that(gate.anchors() == null || anchors.containsAll(gate.anchors()),
                    "proxy.rejections.gates.anchors", gate.anchors(), "names among " + String.join(", ", anchors));
        }
        boolean audited = auditShare > 0 && (screen.stack() != null || proxy.rejections().refusesWeakLayers());
        Require.that(budget.audits() == null || audited, "budget.audits", budget.audits(),
                "null, unless auditShare is above 0 and there is a stack probe or a quality gate to audit");
        ProxySpec.requireImages("confirmation.statistics.images", confirmation.statistics(), proxy.data());
    }

    /**
     * The graphs that may be proposed.
     *
     * @param operations nodes of a graph: 10 in the paper
     * @param draw how an operation is drawn
     * @param batchIndependent whether a live aggregation over the batch is forbidden (the paper's S series)
     * @param maxOperations most applied operations of a phenotype, null for no limit
     * @param maxTensorPasses most full-size reads and writes of a phenotype, null for no limit
     */
    public record Space(int operations, Draw draw, boolean batchIndependent, @Nullable Integer maxOperations,
            @Nullable Integer maxTensorPasses) {

        /** Uniform over the 24 operations, or over the 15 rows of the paper's table and then over index sets. */
        public enum Draw {
            OPERATIONS, ROWS
        }

        public Space {
            Require.within("space.operations", operations, 1, 64);
            Require.that(maxOperations == null || maxOperations >= 1, "space.maxOperations", maxOperations,
                    "at least 1");
            Require.that(maxTensorPasses == null || maxTensorPasses >= 3, "space.maxTensorPasses", maxTensorPasses,
                    "at least 3: one read, and the trailing affine's two");
        }
    }

    /**
     * Steady-state evolution with ageing.
     *
     * @param window the youngest scored layers, of which tournaments are drawn (2500 in the paper)
     * @param tournamentShare share of the window in a tournament, at least two members (5 % in the paper)
     * @param criterion how a tournament is won
     * @param freshProbability probability that a proposal is a new random graph (0.5 in the paper); 1 is random search
     * @param initialRandom random layers that must be scored before mutation begins
     * @param seenBefore what happens to a proposal whose phenotype is known
     * @param replicates measurements of one phenotype before its pooled score is inherited
     * @param copiesPerPhenotype copies of one phenotype in the window before another is discarded; 0 for no limit
     * @param copiesPerInitialBehaviour layers that behave alike at initialisation before another is discarded; 0 for no
     *        limit
     */
    public record Strategy(int window, double tournamentShare, Criterion criterion, double freshProbability,
            int initialRandom, SeenBefore seenBefore, int replicates, int copiesPerPhenotype,
            int copiesPerInitialBehaviour) {

        /** Highest mean accuracy, or uniformly one of the distinct non-dominated score vectors. */
        public enum Criterion {
            MEAN, PARETO
        }

        /**
         * {@code REPLICATE}: train again until {@code replicates}, then inherit the pooled score. {@code MUTATE_AGAIN}:
         * mutate the known mutant itself, up to 20 times, so that nothing is trained twice.
         */
        public enum SeenBefore {
            REPLICATE, MUTATE_AGAIN
        }

        public Strategy {
            Require.within("strategy.window", window, 2, 1_000_000);
            Require.within("strategy.tournamentShare", tournamentShare, 0, 1);
            Require.within("strategy.freshProbability", freshProbability, 0, 1);
            Require.within("strategy.initialRandom", initialRandom, 1, window);
            Require.within("strategy.replicates", replicates, 1, 1_000_000);
            Require.within("strategy.copiesPerPhenotype", copiesPerPhenotype, 0, 1_000_000);
            Require.within("strategy.copiesPerInitialBehaviour", copiesPerInitialBehaviour, 0, 1_000_000);
        }

        /** The number of members of a tournament in a window of {@code members}. */
        public int tournament(int members) {
            return Math.min(members, Math.max(2, (int) Math.ceil(tournamentShare * members)));
        }

        public Strategy random() {
            return new Strategy(window, tournamentShare, criterion, 1, initialRandom, seenBefore, replicates,
                    copiesPerPhenotype, copiesPerInitialBehaviour);
        }
    }

    /**
     * Limits of the stack probe, in decades over ten copies of the layer; null switches it off.
     *
     * @param minGrowth least change of the signal's root mean square
     * @param maxGrowth most
     * @param minGradientRatio least ratio of the gradient norm at the input to that at the output
     * @param maxGradientRatio most
     * @param minPowerShare least share of the output's power between samples, and between positions
     */
    public record Stack(double minGrowth, double maxGrowth, double minGradientRatio, double maxGradientRatio,
            double minPowerShare) {
        public Stack {
            Require.that(minGrowth < maxGrowth, "screen.stack.minGrowth", minGrowth, "below maxGrowth, " + maxGrowth);
            Require.that(minGradientRatio < maxGradientRatio, "screen.stack.minGradientRatio", minGradientRatio,
                    "below maxGradientRatio, " + maxGradientRatio);
            Require.within("screen.stack.minPowerShare", minPowerShare, 0, 1);
        }
    }

    /** What is refused before any training; the numeric probe is always on. */
    public record Screen(@Nullable Stack stack) {
    }

    /**
     * Evolution ends when the first of these is spent; at least one is set.
     *
     * @param candidates layers trained in evolution
     * @param steps training steps of evolution
     * @param minutes of the whole search, confirmation included: evolution ends when its measured reserve is reached
     * @param audits rejected layers trained to the end all the same
     */
    public record Budget(@Nullable Integer candidates, @Nullable Long steps, @Nullable Double minutes,
            @Nullable Integer audits) {
        public Budget {
            Require.that(candidates != null || steps != null || minutes != null || audits != null, "budget", "empty",
                    "candidates, steps, minutes or audits");
            Require.that(candidates == null || candidates >= 1, "budget.candidates", candidates, "at least 1");
            Require.that(steps == null || steps >= 1, "budget.steps", steps, "at least 1");
            Require.that(minutes == null || (minutes > 0 && minutes <= 1e6), "budget.minutes", minutes,
                    "above 0 and at most 1000000");
            Require.that(audits == null || audits >= 1, "budget.audits", audits, "at least 1");
        }

        public Budget(@Nullable Integer candidates, @Nullable Long steps, @Nullable Double minutes) {
            this(candidates, steps, minutes, null);
        }
    }

    /** Named layers trained under the search's own proxy, each with seeds 1 to {@code seeds}. */
    public record Calibration(List<String> references, int seeds) {
        public Calibration {
            references = Require.namedLayers("calibration.references", references);
            Require.within("calibration.seeds", seeds, 1, 100);
        }
    }

    /**
     * The best layers are trained longer with fresh seeds and scored on other images.
     *
     * @param steps of each training
     * @param field layers of the first round, one seed each
     * @param finalists layers of the second round
     * @param seeds fresh seeds of the second round
     * @param references named layers trained beside the finalists
     * @param statistics what stands for batch statistics at evaluation
     */
    public record Confirmation(int steps, int field, int finalists, int seeds, List<String> references,
            BatchStatistics statistics) {
        public Confirmation {
            references = Require.namedLayers("confirmation.references", references);
            Require.within("confirmation.steps", steps, 1, 10_000_000);
            Require.within("confirmation.field", field, 1, 1000);
            Require.within("confirmation.finalists", finalists, 1, field);
            Require.within("confirmation.seeds", seeds, 1, 100);
        }
    }

    public SearchSpec withSeed(long other) {
        return new SearchSpec(preset, space, strategy, screen, budget, proxy, calibration, confirmation, auditShare,
                other);
    }

    public SearchSpec withBudget(Budget other) {
        return new SearchSpec(preset, space, strategy, screen, other, proxy, calibration, confirmation, auditShare,
                seed);
    }

    public SearchSpec withAuditShare(double other) {
        return new SearchSpec(preset, space, strategy, screen, budget, proxy, calibration, confirmation, other, seed);
    }

    public SearchSpec withStrategy(Strategy other) {
        return new SearchSpec(preset, space, other, screen, budget, proxy, calibration, confirmation, auditShare, seed);
    }

    public SearchSpec withSpace(Space other) {
        return new SearchSpec(preset, other, strategy, screen, budget, proxy, calibration, confirmation, auditShare,
                seed);
    }

    public SearchSpec withProxy(ProxySpec other) {
        return new SearchSpec(preset, space, strategy, screen, budget, other, calibration, confirmation, auditShare,
                seed);
    }

    public SearchSpec withData(DataSpec data) {
        return withProxy(proxy.withData(data));
    }
}
