package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.TestDatabase;
import dev.normforge.comparison.Grids;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.simulation.SimulatedWorker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both are rows of one table and share their names; nothing else may mix them up. */
class ComparisonsPassForSearchesTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SearchId search;
    private SearchId comparison;

    @BeforeEach
    void oneOfEach() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        search = coordinator.searches().create("search", Specs.smoke(5, 1), null, null).id();
        comparison = coordinator.comparisons().create("comparison", Grids.of("gn-relu").spec(), Duration.ZERO).id();
    }

    @Test
    void eachIsListedAmongItsOwn() {
        assertThat(coordinator.searches().list()).extracting(SearchSummary::id).containsExactly(search);
        assertThat(coordinator.comparisons().list()).extracting(ComparisonSummary::id).containsExactly(comparison);
        assertThat(coordinator.summaries().list(null, 10)).extracting(view -> view.id())
                .containsExactly(search.value());
        assertThat(coordinator.searches().find("comparison")).isEmpty();
        assertThat(coordinator.comparisons().find("search")).isEmpty();
        assertThat(coordinator.summaries().find("comparison")).isEmpty();
        assertThat(coordinator.summaries().find(comparison.value())).isEmpty();
        assertThat(coordinator.searches().taken("comparison")).as("a free name").isTrue();
        assertThat(coordinator.searches().taken("neither")).isFalse();
    }

    @Test
    void neitherIsSteeredOrReplayedAsTheOther() {
        assertThatThrownBy(() -> coordinator.searches().pause(comparison)).isInstanceOf(NoSuchSearchException.class);
        assertThatThrownBy(() -> coordinator.searches().cancel(comparison)).isInstanceOf(NoSuchSearchException.class);
        assertThatThrownBy(() -> coordinator.replays().replay(comparison)).isInstanceOf(NoSuchSearchException.class);
        assertThatThrownBy(() -> coordinator.comparisons().resume(search)).isInstanceOf(NoSuchSearchException.class);
        assertThatThrownBy(() -> coordinator.comparisons().result(search)).isInstanceOf(NoSuchSearchException.class);
        assertThatThrownBy(() -> coordinator.comparisons().spec(search)).isInstanceOf(NoSuchSearchException.class);
    }

    @Test
    void aNameOfTheOneIsTakenForTheOther() {
        assertThatThrownBy(() -> coordinator.searches().create("comparison", Specs.smoke(5, 1), null, null))
                .isInstanceOf(NameTakenException.class)
                .hasMessage("'comparison' is the name of a comparison: choose another name");
        assertThatThrownBy(
                () -> coordinator.comparisons().create("search", Grids.of("gn-relu").spec(), Duration.ZERO))
                .isInstanceOf(NameTakenException.class)
                .hasMessage("'search' is the name of a search: choose another name");
    }

    @Test
    void whateverRunsBesideTheChosenOneIsPutToWait() {
        assertThat(coordinator.searches().pauseAllBut(search)).containsExactly("comparison");
        assertThat(coordinator.comparisons().get(comparison).intent()).isEqualTo(Intent.PAUSE);
        assertThat(coordinator.comparisons().pauseAllBut(comparison)).containsExactly("search");
        assertThat(coordinator.searches().get(search).intent()).isEqualTo(Intent.PAUSE);
    }

    /** A program of the release before wrote a specification without the fields of this one. */
    @Test
    void aSearchFromBeforeTheseFieldsIsStillTheSame() {
        int changed = coordinator.jdbc().sql("""
                update search set spec = spec #- '{proxy,batchOrder}' #- '{proxy,normalizationBatch}'
                       #- '{proxy,weightStandardization}' #- '{confirmation,statistics,estimator}' where id = :id""")
                .param("id", search.value()).update();
        assertThat(changed).isOne();

        assertThat(coordinator.searches().create("search", Specs.smoke(5, 1), null, null))
                .isEqualTo(new Searches.Created(search, false));
        var other = Specs.smoke(5, 1);
        assertThat(coordinator.searches().difference(search, other)).isEmpty();
        assertThat(coordinator.searches().difference(search, new SearchSpec(other.preset(),
                other.space(), other.strategy(), other.screen(), other.budget(),
                other.proxy().withNormalizationBatch(4), other.calibration(), other.confirmation(), other.auditShare(),
                other.seed()))).contains("proxy.normalizationBatch null, not 4");
        assertThat(coordinator.finish(search, new SimulatedWorker(database.dataSource())))
                .isEqualTo(Ending.COMPLETED);
    }
}
