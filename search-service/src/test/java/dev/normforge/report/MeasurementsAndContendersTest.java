package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.front.Scores;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class MeasurementsAndContendersTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private StoredSearch search;

    @BeforeEach
    void begin() {
        search = StoredSearch.withBudget(JdbcClient.create(database.dataSource()), "{\"minutes\": 12}");
    }

    @Test
    void aFailedRunSaysNothingAndADivergedOneIsKept() {
        search.birth(1, "tanh(x)");
        search.scored(search.evaluation("CONFIRMATION", 1, 1, null, 0, false), 2000, 800, 900);
        search.failed(search.evaluation("CONFIRMATION", 1, 1, null, 1, false));
        search.rejected(search.evaluation("CONFIRMATION", 1, 1, null, 2, false), "NUMERIC", "not-finite", 2000);
        search.evaluation("CONFIRMATION", 1, 1, null, 3, false);
        search.scored(search.evaluation("CONFIRMATION", 1, null, "bn-relu", 0, false), 2000, 820, 910);
        search.scored(search.evaluation("CONFIRMATION", 2, 1, null, 0, false), 2000, 1, 1);
        search.scored(search.evaluation("CALIBRATION", 0, null, "bn-relu", 0, false), 1000, 300, 300);
        var measurements = new Measurements(search.jdbc);
        var round = measurements.ofConfirmation(search.id, 1);
        assertThat(round).extracting(Measurement::layer).containsExactly("birth-1", "birth-1", "bn-relu");
        assertThat(round).extracting(Measurement::seed).containsExactly(100L, 102L, 100L);
        assertThat(round.get(0).scores()).isEqualTo(
                Scores.of(List.of(800, 900), List.of(2000, 2000)));
        assertThat(round.get(0).stepMillis()).containsExactly(10.0, 11.0);
        assertThat(round.get(1).scores()).isNull();
        assertThat(measurements.ofCalibration(search.id)).hasSize(1);
    }

    @Test
    void contendersAreTheFrontAndTheBestPhenotypes() {
        int[][] scores = {{300, 300}, {290, 290}, {280, 280}, {100, 400}, {270, 270}};
        for (int birth = 0; birth < scores.length; birth++) {
            search.birth(birth, "contender-" + search.name + "-" + birth);
            search.arrived(birth, scores[birth]);
        }
        search.birth(9, "contender-" + search.name + "-0");
        search.arrived(9, 310, 310);
        search.stands(3, 4, null);
        search.stands(0, 1, 6);
        search.stands(9, 6, null);
        var contenders = new Contenders(search.jdbc).of(search.id, 2);
        assertThat(contenders).extracting(Contender::birth).containsExactly(9, 0, 1, 3);
        assertThat(contenders).extracting(Contender::onFront).containsExactly(true, false, false, true);
        assertThat(ConfirmationField.field(contenders, 3)).containsExactly(0, 1, 3);
    }

    @Test
    void anEmptySearchHasNoContenders() {
        assertThat(new Contenders(search.jdbc).of(search.id, 8)).isEmpty();
    }
}
