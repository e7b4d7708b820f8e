package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.evolution.Beginning;
import dev.normforge.protocol.SearchSpec.Strategy;
import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.simulation.SimulatedWorker;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jspecify.annotations.Nullable;

/** What is told of a birth's tournament, against the rows that the coordinator wrote when it was held. */
class TournamentsAreMisrememberedTest {

    private static final int FOUNDERS = 4;
    private static final int WINDOW = 8;

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SearchId id = new SearchId(0);

    @BeforeEach
    void service() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
    }

    private void run(Criterion criterion) {
        var spec = Specs.smoke(30, 51)
                .withStrategy(new Strategy(WINDOW, 0.5, criterion, 0.2, FOUNDERS, SeenBefore.REPLICATE, 2, 2, 3));
        id = coordinator.searches().create("run-" + criterion, spec, null, null).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource()));
    }

    private record Row(int birth, int seen, @Nullable Integer parent) {
    }

    private List<Row> rows() {
        return coordinator.jdbc().sql("select birth, seen, parent_birth from candidate where search_id = :id")
                .param("id", id.value()).query((row, _) -> new Row(row.getInt(1), row.getInt(2),
                        row.getObject(3, Integer.class)))
                .list();
    }

    private Tournaments.Origin origin(int birth) {
        return (Tournaments.Origin) coordinator.tournaments().find(id, birth).orElseThrow();
    }

    @Test
    void everyBirthsParentIsTheWinnerOfTheTournamentThatIsTold() {
        run(Criterion.PARETO);
        var scored = coordinator.jdbc()
                .sql("select ordinal from arrival where search_id = :id and correct is not null order by ordinal")
                .param("id", id.value()).query(Integer.class).list();
        int contests = 0;
        for (var row : rows()) {
            var origin = origin(row.birth());
            var visible = scored.stream().filter(ordinal -> ordinal <= row.seen()).toList();
            assertThat(origin.window().stream().map(Tournaments.Seen::ordinal))
                    .containsExactlyElementsOf(visible.subList(Math.max(0, visible.size() - WINDOW), visible.size()));
            switch (origin.beginning()) {
                case Beginning.Fresh(boolean founding) -> {
                    assertThat(row.parent()).isNull();
                    assertThat(founding).isEqualTo(visible.size() < FOUNDERS);
                }
                case Beginning.Contest contest -> {
                    contests++;
                    assertThat(contest.winner().birth()).isEqualTo(row.parent());
                    assertThat(contest.drawn()).doesNotHaveDuplicates()
                            .hasSize(Math.max(2, (origin.window().size() + 1) / 2))
                            .isSubsetOf(origin.window().stream().map(Tournaments.Seen::member).toList());
                    assertThat(contest.best()).contains(contest.winner()).containsExactlyInAnyOrderElementsOf(
                            contest.drawn().stream().filter(one -> contest.drawn().stream()
                                    .noneMatch(other -> dominates(other.accuracies(), one.accuracies()))).toList());
                }
            }
        }
        assertThat(contests).isGreaterThan(20);
    }

    private static boolean dominates(List<Double> one, List<Double> other) {
        return !one.equals(other) && IntStream.range(0, one.size()).allMatch(i -> one.get(i) >= other.get(i));
    }

    @Test
    void byTheMeanTheHighestWins() {
        run(Criterion.MEAN);
        for (var row : rows()) {
            if (origin(row.birth()).beginning() instanceof Beginning.Contest contest) {
                assertThat(contest.winner().birth()).isEqualTo(row.parent());
                assertThat(contest.drawn()).allMatch(drawn -> drawn.mean() <= contest.winner().mean() + 1e-12);
                assertThat(contest.best()).isNotEmpty()
                        .allMatch(best -> Math.abs(best.mean() - contest.winner().mean()) < 1e-12);
            }
        }
    }

    @Test
    void whatCannotBeRecomputedIsRefusedInsteadOfInvented() {
        run(Criterion.PARETO);
        int mutant = rows().stream().filter(row -> row.parent() != null).mapToInt(Row::birth).max().orElseThrow();
        assertThat(coordinator.tournaments().find(id, 1_000_000)).isEmpty();
        coordinator.jdbc().sql("update candidate set parent_birth = parent_birth + 1 where search_id = :id "
                + "and birth = :birth").param("id", id.value()).param("birth", mutant).update();
        isUnknown(mutant, "rows of this search were changed");
        coordinator.jdbc().sql("update search set evolution = evolution + 1 where id = :id").param("id", id.value())
                .update();
        isUnknown(0, "was made by versions");
    }

    private void isUnknown(int birth, String why) {
        assertThat(coordinator.tournaments().find(id, birth)).hasValueSatisfying(
                told -> assertThat(told).isInstanceOfSatisfying(Tournaments.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains(why)));
    }
}
