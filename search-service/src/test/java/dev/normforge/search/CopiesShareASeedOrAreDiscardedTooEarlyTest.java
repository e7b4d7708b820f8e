package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.evolution.Draws;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Space;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A copy of a known phenotype is replicated, then inherited, then discarded, whatever order results come in; two copies
 * trained with one seed would be one measurement counted twice.
 */
class CopiesShareASeedOrAreDiscardedTooEarlyTest {

    private static final int BIRTHS = 4_000;
    private static final int ANCHORS = 3;

    /** A search without rows and workers: results come late, out of order, and some are lost. */
    private static final class Run {
        private final SearchSpec spec;
        private final Proposing proposing;
        private final Knowledge knowledge;
        private final Draws fortune = new Draws(77, 0);
        private final List<Birth> births = new ArrayList<>();
        private final List<Arrival> arrivals = new ArrayList<>();
        private final List<Birth> training = new ArrayList<>();
        /** Places in the list of seeds that orders hold, those that were lost left out. */
        private final Map<PhenotypeHash, Set<Integer>> held = new HashMap<>();
        private final Map<String, Integer> ends = new HashMap<>();
        private int lost;
        private int retried;

        Run(int window, int replicates, int copies) {
            var preset = Presets.read("smoke");
            spec = preset.withSpace(new Space(2, Draw.ROWS, false, null, null))
                    .withStrategy(Specs.strategy(window, SeenBefore.REPLICATE, replicates, copies, 0, 0.5)).withSeed(9);
            proposing = new Proposing(spec);
            knowledge = new Knowledge(spec);
        }

        void go() {
            for (int i = 0; i < BIRTHS; i++) {
                var birth = proposing.next(knowledge);
                check(birth);
                births.add(birth);
                knowledge.after(birth.known());
                if (birth.decision() instanceof Decision.Inherit(long evaluation, var _, var pooled)) {
                    arrive(birth, Arrival.Source.INHERITED, evaluation, pooled);
                }
                while (training.size() > 3) {
                    settle(training.remove(fortune.nextInt(training.size())));
                }
            }
        }

        private void check(Birth birth) {
            var phenotype = birth.subject().hash();
            var orders = held.computeIfAbsent(phenotype, _ -> new HashSet<>());
            int copies = knowledge.copies(phenotype);
            int limit = spec.strategy().copiesPerPhenotype();
            boolean full = limit > 0 && copies >= limit;
            switch (birth.decision()) {
                case Decision.Train(int replicate, var _, var _) -> {
                    assertThat(orders.size()).as("measurements before another").isLessThan(
                            spec.strategy().replicates());
                    assertThat(orders.add(replicate)).as("seed %d of %s, held by nobody else", replicate, orders)
                            .isTrue();
                    assertThat(replicate).isLessThan(spec.strategy().replicates());
                    training.add(birth);
                    count(orders.size() == 1 ? "first" : "replicated");
                }
                case Decision.Inherit _ -> {
                    assertThat(orders).hasSize(spec.strategy().replicates());
                    assertThat(full).isFalse();
                    count("inherited");
                }
                case Decision.Refuse(var stage, var rule, var value, var _) -> {
                    if (stage.equals(Proposing.SEEN)) {
                        assertThat(orders).as("measured before it is discarded").hasSize(spec.strategy().replicates());
                        assertThat(rule).isEqualTo(full ? Proposing.TOO_MANY_COPIES : Proposing.IN_TRAINING);
                        assertThat(value).isEqualTo(full ? (double) copies : orders.size());
                        count(rule);
                    }
                }
            }
        }

        private void settle(Birth birth) {
            boolean away = fortune.nextInt(3) == 0;
            if (away) {
                lost++;
                var orders = Objects.requireNonNull(held.get(birth.subject().hash()));
                retried += orders.size() > 1 ? 1 : 0;
                orders.remove(birth.known().replicate());
            }
            var counts = new Counts(Collections.nCopies(ANCHORS, 10 + fortune.nextInt(90)),
                    Collections.nCopies(ANCHORS, 100));
            boolean rejected = fortune.nextInt(4) == 0;
            arrive(birth,
                    away ? Arrival.Source.LOST : rejected ? Arrival.Source.REJECTED : Arrival.Source.SCORED,
                    birth.number(), away || rejected ? null : knowledge.pooled(birth.number(), counts));
        }

        private void arrive(Birth birth, Arrival.Source source, long evaluation, @Nullable Counts pooled) {
            var arrival = new Arrival(knowledge.arrivals() + 1, birth.number(), source, evaluation, pooled, 0, 0, 0);
            arrivals.add(arrival);
            knowledge.after(arrival);
        }

        private void count(String end) {
            ends.merge(end, 1, Integer::sum);
        }

        /** What rows tell: births first, then arrivals. */
        Birth nextFromRows() {
            var read = new Knowledge(spec);
            births.forEach(birth -> read.after(birth.known()));
            arrivals.forEach(read::after);
            return proposing.next(read);
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 3, 1", "8, 3, 2", "32, 2, 4", "8, 4, 0", "6, 1, 1"})
    void replicatedThenInheritedThenDiscarded(int window, int replicates, int copies) {
        var run = new Run(window, replicates, copies);
        run.go();

        assertThat(run.ends.get("first")).isPositive();
        assertThat(run.ends.getOrDefault("replicated", 0) > 0).as("replicated").isEqualTo(replicates > 1);
        assertThat(run.ends.getOrDefault(Proposing.TOO_MANY_COPIES, 0) > 0).as("discarded").isEqualTo(copies > 0);
        assertThat(run.ends.get("inherited")).isPositive();
        assertThat(run.lost).isPositive();
        assertThat(run.retried > 0).as("lost while another copy held a seed").isEqualTo(replicates > 1);
        assertThat(run.proposing.next(run.knowledge)).isEqualTo(run.nextFromRows());
    }

    /** The counts of two seeds are pooled as two measurements, so they must be two. */
    @ParameterizedTest
    @CsvSource({"0", "1"})
    void theSeedOfALostOrderIsGivenOutAgainAndNoOther(int losing) {
        var run = new Run(32, 3, 0);
        var phenotype = run.proposing.next(run.knowledge).subject().hash();
        var first = run.proposing.next(run.knowledge);
        var births = new ArrayList<Birth.Known>();
        for (int i = 0; i < 2; i++) {
            births.add(
                    new Birth.Known(i, first.proposal().graph(), phenotype, null, Decision.Fate.EVALUATED, false, i));
            run.knowledge.after(births.get(i));
        }
        assertThat(run.knowledge.replicate(phenotype)).isEqualTo(2);
        run.knowledge.after(new Arrival(1, losing, Arrival.Source.LOST, losing, null, 0, 0, 0));
        assertThat(run.knowledge.orders(phenotype)).isEqualTo(1);
        assertThat(run.knowledge.replicate(phenotype)).isEqualTo(losing);
    }
}
