package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.TestDatabase;
import dev.normforge.simulation.SimulatedWorker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayIsExactTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SearchId id;

    @BeforeEach
    void run() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        id = coordinator.searches().create("run", Specs.audited(Specs.smoke(16, 51), 0.3), null, null).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource()));
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    private void plant(String sql) {
        assertThat(coordinator.jdbc().sql(sql).param("id", id.value()).update()).isPositive();
    }

    private void isFound(String what) {
        assertThat(coordinator.replays().replay(id).differences()).isNotEmpty().first().asString().contains(what);
    }

    @Test
    void itCoversEveryBirthAndArrival() {
        var summary = coordinator.searches().get(id);
        var agreement = coordinator.replays().replay(id);

        assertThat(agreement.births()).isEqualTo(summary.births()).isPositive();
        assertThat(agreement.arrivals()).isEqualTo(summary.arrivals()).isPositive();
        assertThat(agreement.exact()).isTrue();
    }

    @Test
    void aChangedGraphIsFound() {
        plant("""
                update candidate set genotype = set_byte(genotype, 27, (get_byte(genotype, 27) + 1) % 8)
                 where search_id = :id and birth = 5""");
        isFound("birth 5");
    }

    @Test
    void aChangedParentIsFound() {
        plant("""
                update candidate set parent_birth = parent_birth + 1 where search_id = :id
                   and birth = (select max(birth) from candidate where search_id = :id and parent_birth is not null)""");
        isFound("parent");
    }

    @Test
    void aChangedVerdictIsFound() {
        plant("""
                update candidate set screen_rule = 'CONSTANT' where search_id = :id
                   and birth = (select min(birth) from candidate where search_id = :id and screen_rule = 'NO_INPUT')""");
        isFound("CONSTANT");
    }

    @Test
    void aChangedSeedIsFound() {
        plant("""
                update evaluation set seed = seed + 1
                 where id = (select max(id) from evaluation where search_id = :id and purpose = 'EVOLUTION')""");
        isFound("birth");
    }

    @Test
    void aChangedAuditChoiceIsFound() {
        plant("""
                update candidate set audited = not audited where search_id = :id
                   and birth = (select max(birth) from candidate where search_id = :id and fate = 'EVALUATED')""");
        isFound("audited");
    }

    @Test
    void aChangedScoreIsFound() {
        plant("""
                update arrival set correct[1] = correct[1] - 1 where search_id = :id
                   and ordinal = (select min(ordinal) from arrival where search_id = :id and correct is not null)""");
        isFound("arrival");
    }

    @Test
    void twoArrivalsThatChangedPlacesAreFound() {
        var scored = coordinator.jdbc().sql("""
                select ordinal from arrival where search_id = :id and correct is not null order by ordinal""")
                .param("id", id.value()).query(Integer.class).list();
        int early = scored.getFirst();
        int late = scored.get(scored.size() / 2);
        plant("update arrival set ordinal = 100000 where search_id = :id and ordinal = %d".formatted(early));
        plant("update arrival set ordinal = %d where search_id = :id and ordinal = %d".formatted(early, late));
        plant("update arrival set ordinal = %d where search_id = :id and ordinal = 100000".formatted(late));

        assertThat(coordinator.replays().replay(id).exact()).isFalse();
    }

    @Test
    void anotherVersionIsRefused() {
        plant("update search set evolution = evolution + 1 where id = :id");
        assertThatThrownBy(() -> coordinator.replays().replay(id)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was made by versions");
        assertThatThrownBy(() -> coordinator.replays().replay(new SearchId(999)))
                .isInstanceOf(NoSuchSearchException.class);
    }
}
