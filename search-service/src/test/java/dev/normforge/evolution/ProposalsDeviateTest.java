package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProposalsDeviateTest {

    private static final Window WINDOW = Samples
            .window(IntStream.range(0, 30).mapToObj(i -> List.of(0.1 + 0.01 * i, 0.5 - 0.02 * (i % 7), 0.3)).toList());

    /** Computed by a second implementation. Whoever has to change these values raises Evolution.VERSION. */
    @Test
    void goldenProposals() {
        var rows = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0.15, SeenBefore.MUTATE_AGAIN), 1);
        var operations = new Evolution(Samples.space(Draw.OPERATIONS),
                Samples.strategy(0.1, Criterion.MEAN, 0.5, SeenBefore.REPLICATE), -7);

        assertThat(Evolution.VERSION).isEqualTo(2);
        assertThat(text(rows.propose(0, Window.empty(64), _ -> false)))
                .isEqualTo("0100031504ff0004010500ff0301020504ff0403ff1107ff0308050a07ff 0.986116 Fresh[]");
        assertThat(text(rows.propose(40, WINDOW, _ -> false)))
                .isEqualTo("0a01ff0204010a00ff0d06ff0502ff1205ff0209010400ff0603ff0409ff 0.132637 Fresh[]");
        assertThat(text(rows.propose(41, WINDOW, _ -> true))).isEqualTo(
                "0802ff0803ff1301ff0100020301000907ff0306040702ff1407ff0a06ff 0.040441 Mutation[parent=114, mutations=20]");
        assertThat(text(operations.propose(0, Window.empty(64), _ -> false)))
                .isEqualTo("0102000a01ff0803ff0e01ff1502ff0d06ff0c07ff1301ff0500ff0a02ff 0.203298 Fresh[]");
        assertThat(text(operations.propose(1234, WINDOW, _ -> false))).isEqualTo(
                "0400ff0400ff1604ff0400ff0400ff0400ff0400ff0400ff0400ff0400ff 0.182011 Mutation[parent=114, mutations=1]");
        assertThat(text(operations.propose(1235, WINDOW, _ -> false))).isEqualTo(
                "0400ff0400ff0400ff0400ff0400ff0400ff0400ff0400ff0400ff0e0aff 0.391610 Mutation[parent=122, mutations=1]");
    }

    private static String text(Proposal proposal) {
        return "%s %.6f %s".formatted(HexFormat.of().formatHex(proposal.graph().packed()), proposal.coin(),
                proposal.origin());
    }

    @Test
    void nothingIsMutatedBeforeEnoughRandomLayersAreScored() {
        var evolution = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0, SeenBefore.MUTATE_AGAIN), 1);
        var three = new Window(64, WINDOW.members().subList(0, 3), 3);
        var four = new Window(64, WINDOW.members().subList(0, 3), 4);

        for (int birth = 0; birth < 100; birth++) {
            assertThat(evolution.propose(birth, three, _ -> false).origin()).isInstanceOf(Proposal.Origin.Fresh.class);
            assertThat(evolution.propose(birth, four, _ -> false).origin())
                    .isInstanceOf(Proposal.Origin.Mutation.class);
        }
    }

    @Test
    void randomSearchNeverHasAParent() {
        var evolution = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0.15, SeenBefore.MUTATE_AGAIN).random(), 1);

        for (int birth = 0; birth < 10_000; birth++) {
            assertThat(evolution.propose(birth, WINDOW, _ -> true).origin()).isEqualTo(new Proposal.Origin.Fresh());
        }
    }

    @Test
    void freshGraphsComeAsOftenAsConfiguredAndWhateverTheCoinSays() {
        var evolution = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0.15, SeenBefore.REPLICATE), 21);
        var counts = new long[20];
        for (int birth = 0; birth < 40_000; birth++) {
            var proposal = evolution.propose(birth, WINDOW, _ -> false);
            int tenth = (int) (10 * proposal.coin());
            counts[proposal.origin() instanceof Proposal.Origin.Fresh ? tenth : 10 + tenth]++;
        }

        var stated = IntStream.range(0, 20).mapToDouble(i -> i < 10 ? 0.015 : 0.085).toArray();
        assertThat(ChiSquare.rejects(counts, stated)).isFalse();
        var other = IntStream.range(0, 20).mapToDouble(i -> i < 10 ? 0.02 : 0.08).toArray();
        assertThat(ChiSquare.rejects(counts, other)).as("20 % fresh").isTrue();
    }

    @Test
    void aKnownMutantIsMutatedAgainUntilUnknownOrTwentyTimes() {
        var evolution = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0, SeenBefore.MUTATE_AGAIN), 1);
        for (int birth = 0; birth < 50; birth++) {
            var asked = new int[1];
            var third = evolution.propose(birth, WINDOW, _ -> ++asked[0] < 3);
            assertThat(third.origin()).isInstanceOfSatisfying(Proposal.Origin.Mutation.class,
                    origin -> assertThat(origin.mutations()).isEqualTo(3));
            assertThat(asked[0]).isEqualTo(3);
            assertThat(distance(third)).isLessThanOrEqualTo(3);
            assertThat(evolution.propose(birth, WINDOW, _ -> true).origin()).isInstanceOfSatisfying(
                    Proposal.Origin.Mutation.class, origin -> assertThat(origin.mutations()).isEqualTo(20));
        }
    }

    @Test
    void replicatingAsksNobodyWhetherAMutantIsKnown() {
        var evolution = new Evolution(Samples.space(Draw.ROWS),
                Samples.strategy(0.1, Criterion.PARETO, 0, SeenBefore.REPLICATE), 1);
        for (int birth = 0; birth < 50; birth++) {
            var proposal = evolution.propose(birth, WINDOW, _ -> true);
            assertThat(proposal.origin()).isInstanceOfSatisfying(Proposal.Origin.Mutation.class,
                    origin -> assertThat(origin.mutations()).isEqualTo(1));
            assertThat(distance(proposal)).isLessThanOrEqualTo(1);
        }
    }

    /** In how many nodes it differs from every parent of the window. */
    private static long distance(Proposal proposal) {
        return proposal.graph().nodes().stream().filter(node -> !node.equals(Samples.negations().nodes().getFirst()))
                .count();
    }

    @Test
    void theOldestLeavesTheWindow() {
        var window = Window.empty(3);
        for (int birth = 0; birth < 5; birth++) {
            window = window.after(new Member(birth, Samples.negations(), Collections.nCopies(3, 0.1)));
        }

        assertThat(window.members()).extracting(Member::birth).containsExactly(2, 3, 4);
        assertThat(window.scored()).isEqualTo(5);
    }
}
