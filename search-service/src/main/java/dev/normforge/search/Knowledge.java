package dev.normforge.search;

import dev.normforge.evolution.Member;
import dev.normforge.evolution.Window;
import dev.normforge.front.Entrant;
import dev.normforge.front.ParetoFront;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.protocol.SearchSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a proposal depends on besides specification, seed and its own number: a fold over births and arrivals. May be
 * kept in memory between steps and rebuilt from rows at any time. Folding births before the arrivals that they did not see
 * gives the same knowledge, so rows can be read in two queries.
 */
final class Knowledge {

    /** What is known of one phenotype. */
    private static final class Standing {
        /** Who was ordered, by place in the common list of seeds; orders that taught nothing are taken out. */
        private final Map<Integer, Integer> births = new HashMap<>();
        private int answers;
        private long evaluation;
        private Arrival.Source source = Arrival.Source.LOST;
        private int birth;
        private @Nullable Counts pooled;
    }

    private record Layer(LayerGraph graph, PhenotypeHash phenotype, @Nullable String behaviour, boolean audited,
            int replicate) {
    }

    private final Map<PhenotypeHash, Standing> standings = new HashMap<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private final Set<PhenotypeHash> audited = new HashSet<>();
    /** Layers that are in training or in the window. */
    private final Map<Integer, Layer> layers = new HashMap<>();
    private Window window;
    private int births;
    private int arrivals;
    private int lastTrained = -1;
    private int open;
    private int failuresInARow;
    private long ordered;
    private long steps;
    private long auditSteps;
    private long stackAuditSteps;
    private int gateAuditsOpen;
    private int stackAuditsOpen;
    private long scoredMillis;
    private long scoredSteps;

    Knowledge(SearchSpec spec) {
        this.window = Window.empty(spec.strategy().window());
    }

    void after(Birth.Known born) {
        births = Math.max(births, born.birth() + 1);
        switch (born.fate()) {
            case EVALUATED -> {
                var standing = standings.computeIfAbsent(born.phenotype(), _ -> new Standing());
                if (standing.births.isEmpty() && born.behaviour() != null) {
                    alike.merge(born.behaviour(), 1, Integer::sum);
                }
                standing.births.put(born.replicate(), born.birth());
                lastTrained = born.birth();
                open++;
                ordered++;
                gateAuditsOpen += born.audited() ? 1 : 0;
                remember(born);
            }
            case INHERITED -> remember(born);
            case SCREENED -> {
                if (born.audited()) {
                    audited.add(born.phenotype());
                    open++;
                    stackAuditsOpen++;
                }
            }
        }
    }

    private void remember(Birth.Known born) {
        layers.put(born.birth(),
                new Layer(born.graph(), born.phenotype(), born.behaviour(), born.audited(), born.replicate()));
    }

    /** Births that bring nothing for later proposals have no {@link Birth.Known} row. */
    void birthsAre(int count) {
        births = count;
    }

    void after(Arrival arrival) {
        if (arrival.ordinal() != arrivals + 1) {
            throw new IllegalStateException("arrival %d follows arrival %d".formatted(arrival.ordinal(), arrivals));
        }
        arrivals = arrival.ordinal();
        steps += arrival.steps();
        auditSteps += arrival.auditSteps();
        if (arrival.source() == Arrival.Source.AUDIT) {
            stackAuditSteps += arrival.auditSteps();
            stackAuditsOpen--;
            open--;
            return;
        }
        var layer = layer(arrival.birth());
        if (arrival.source().trained()) {
            answered(arrival, layer);
        }
        if (arrival.pooled() == null) {
            layers.remove(arrival.birth());
            return;
        }
        if (window.members().size() == window.capacity()) {
            layers.remove(window.members().getFirst().birth());
        }
        window = window.after(new Member(arrival.birth(), layer.graph(), arrival.pooled().accuracies()));
    }

    private void answered(Arrival arrival, Layer layer) {
        open--;
        gateAuditsOpen -= layer.audited() ? 1 : 0;
        var standing = standings.get(layer.phenotype());
        if (standing == null) {
            throw new IllegalStateException("arrival %d answers no order".formatted(arrival.ordinal()));
        }
        boolean failed = arrival.source() == Arrival.Source.LOST || arrival.source() == Arrival.Source.FAILED;
        failuresInARow = failed ? failuresInARow + 1 : 0;
        if (arrival.source() == Arrival.Source.LOST) {
            ordered--;
            // Where rows are read, a later order may hold the lost one's place already: then nothing is to be taken out.
            if (standing.births.remove(layer.replicate(), arrival.birth()) && standing.births.isEmpty()) {
                standings.remove(layer.phenotype());
                if (layer.behaviour() != null) {
                    alike.merge(layer.behaviour(), -1, Integer::sum);
                }
            }
            return;
        }
        standing.answers++;
        if (arrival.source() == Arrival.Source.SCORED) {
            standing.pooled = arrival.pooled();
            standing.birth = arrival.birth();
            scoredMillis += arrival.millis();
            scoredSteps += arrival.steps();
        }
        if (standing.pooled == null || arrival.source() == Arrival.Source.SCORED) {
            standing.evaluation = arrival.evaluation();
            standing.source = arrival.source();
        }
    }

    private Layer layer(int birth) {
        var layer = layers.get(birth);
        if (layer == null) {
            throw new IllegalStateException(
                    "birth %d arrives but is neither in training nor inherited".formatted(birth));
        }
        return layer;
    }

    /** The graph of a birth that was ordered or inherits, until its result has come. */
    LayerGraph graph(int birth) {
        return layer(birth).graph();
    }

    Window window() {
        return window;
    }

    int births() {
        return births;
    }

    int arrivals() {
        return arrivals;
    }

    boolean known(PhenotypeHash phenotype) {
        return standings.containsKey(phenotype);
    }

    /** Orders to train this phenotype, those that taught nothing left out. */
    int orders(PhenotypeHash phenotype) {
        var standing = standings.get(phenotype);
        return standing == null ? 0 : standing.births.size();
    }

    /** The place in the common list of seeds for the next order: the first that no other order of this phenotype holds. */
    int replicate(PhenotypeHash phenotype) {
        var standing = standings.get(phenotype);
        int place = 0;
        while (standing != null && standing.births.containsKey(place)) {
            place++;
        }
        return place;
    }

    /** The result that another copy inherits; null while none of its orders is answered. */
    Decision.@Nullable Inherit heritage(PhenotypeHash phenotype) {
        var standing = standings.get(phenotype);
        return standing == null || standing.answers == 0
                ? null
                : new Decision.Inherit(standing.evaluation, standing.source, standing.pooled);
    }

    /** Members of the window with this phenotype. */
    int copies(PhenotypeHash phenotype) {
        return (int) window.members().stream().filter(member -> layer(member.birth()).phenotype().equals(phenotype))
                .count();
    }

    /** Phenotypes ordered so far that behave like this at initialisation. */
    int alike(String behaviour) {
        return alike.getOrDefault(behaviour, 0);
    }

    /** Whether this birth was ordered or inherits, and its result has not come. */
    boolean awaits(Arrival arrival) {
        int birth = arrival.birth();
        return arrival.source() == Arrival.Source.AUDIT || (layers.containsKey(birth)
                && window.members().stream().noneMatch(member -> member.birth() == birth));
    }

    /** The counts that an arrival must bring, from those of its own evaluation. */
    @Nullable
    Counts expected(Arrival arrival, @Nullable Counts own) {
        return switch (arrival.source()) {
            case SCORED -> own == null ? null : pooled(arrival.birth(), own);
            case INHERITED -> {
                var heritage = heritage(layer(arrival.birth()).phenotype());
                yield heritage == null ? null : heritage.pooled();
            }
            case REJECTED, FAILED, LOST, AUDIT -> null;
        };
    }

    /** The pooled counts of a birth's phenotype once it has been scored with {@code counts} as well. */
    Counts pooled(int birth, Counts counts) {
        var standing = standings.get(layer(birth).phenotype());
        return counts.plus(standing == null ? null : standing.pooled);
    }

    /** The birth that holds the phenotype's earlier score; null where it has none. */
    @Nullable
    Integer earlierScored(int birth) {
        var standing = standings.get(layer(birth).phenotype());
        return standing == null || standing.pooled == null ? null : (Integer) standing.birth;
    }

    /** The front of all scored phenotypes with their latest pooled counts. */
    ParetoFront front() {
        List<Entrant> scored = standings.values().stream().filter(standing -> standing.pooled != null)
                .map(Knowledge::entrant).sorted((a, b) -> Integer.compare(a.birth(), b.birth())).toList();
        return ParetoFront.of(scored);
    }

    private static Entrant entrant(Standing standing) {
        var pooled = standing.pooled;
        if (pooled == null) {
            throw new IllegalStateException("birth %d has no score".formatted(standing.birth));
        }
        return new Entrant(standing.birth, pooled.scores());
    }

    boolean audited(PhenotypeHash phenotype) {
        return audited.contains(phenotype);
    }

    /** Whether a gate's audit of {@code cost} steps keeps all audits within {@code share} of all steps. */
    boolean gateAuditFits(long cost, double share) {
        return fits(auditSteps, cost * (gateAuditsOpen + stackAuditsOpen + 1), share);
    }

    /** Likewise for the stack probe, whose refusals are many: they get half, so that gates are audited too. */
    boolean stackAuditFits(long cost, double share) {
        return fits(stackAuditSteps, cost * (stackAuditsOpen + 1), share / 2)
                && fits(auditSteps, cost * (gateAuditsOpen + stackAuditsOpen + 1), share);
    }

    private boolean fits(long spent, long reserved, double share) {
        return spent + reserved <= share * (steps + reserved);
    }

    /** Evaluations ordered by evolution and not absorbed. */
    int open() {
        return open;
    }

    /** Orders of evolution, those that taught nothing left out. */
    long ordered() {
        return ordered;
    }

    long steps() {
        return steps;
    }

    int birthsSinceTrained() {
        return births - 1 - lastTrained;
    }

    /** Arrivals at the end that taught nothing, audits and inherited ones not counted. */
    int failuresInARow() {
        return failuresInARow;
    }

    long scoredMillis() {
        return scoredMillis;
    }

    long scoredSteps() {
        return scoredSteps;
    }
}
