package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.front.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfirmationFieldIsFairTest {

    private static Contender layer(int birth, long phenotype, int correct, boolean onFront) {
        return new Contender(birth, phenotype, Runs.scores(correct, correct), onFront);
    }

    @Test
    void halfGoesToTheBestByMeanAndTheRestToTheFront() {
        var contenders = List.of(layer(1, 1, 300, false), layer(2, 2, 290, false), layer(3, 3, 280, false),
                layer(4, 4, 270, true), layer(5, 5, 260, true), layer(6, 6, 250, true));
        assertThat(ConfirmationField.field(contenders, 4)).containsExactly(1, 2, 4, 5);
    }

    @Test
    void placesLeftOverGoToTheNextBestByMean() {
        var contenders = List.of(layer(1, 1, 300, true), layer(2, 2, 290, false), layer(3, 3, 280, false));
        assertThat(ConfirmationField.field(contenders, 4)).containsExactly(1, 2, 3);
        assertThat(ConfirmationField.field(contenders, 2)).containsExactly(1, 2);
        assertThat(ConfirmationField.field(contenders, 1)).containsExactly(1);
        assertThat(ConfirmationField.field(List.of(), 4)).isEmpty();
    }

    /** A lucky single score must not stand in for a phenotype whose pooled score is known. */
    @Test
    void aPhenotypeIsConfirmedOnceByTheBirthWithTheMostImages() {
        var lucky = layer(1, 9, 320, false);
        var pooled = new Contender(7, 9, Scores.of(List.of(600, 600), List.of(2000, 2000)), true);
        assertThat(ConfirmationField.field(List.of(lucky, pooled, layer(3, 3, 310, false)), 8)).containsExactly(3, 7);
    }

    @Test
    void theOrderOfRowsDoesNotMatterAndTiesGoToTheEarlierBirth() {
        var contenders = new ArrayList<Contender>();
        for (int birth = 0; birth < 30; birth++) {
            contenders.add(layer(birth, birth / 2, 290 + birth / 10, birth % 7 == 0));
        }
        var expected = ConfirmationField.field(contenders, 8);
        for (int shuffle = 0; shuffle < 20; shuffle++) {
            Collections.shuffle(contenders, new Random(shuffle));
            assertThat(ConfirmationField.field(contenders, 8)).isEqualTo(expected);
        }
    }

    @Test
    void finalistsAreTheBestOfTheFirstRoundAndADivergedRunCountsAsZero() {
        var round = List.of(Runs.birth(4, 1, 400, 400), Runs.birth(2, 1, 420, 420), Runs.divergedBirth(9, 1),
                Runs.birth(3, 1, 400, 400), Runs.reference("bn-relu", 1, 500, 500));
        assertThat(ConfirmationField.ranking(round)).containsExactly(2, 3, 4, 9);
        assertThat(ConfirmationField.finalists(round, 2)).containsExactly(2, 3);
        assertThat(ConfirmationField.finalists(round, 8)).containsExactly(2, 3, 4, 9);
    }

    @Test
    void theFinalOrderIsByMeanOverAllSeeds() {
        var round = List.of(Runs.birth(1, 11, 430, 430), Runs.birth(1, 12, 400, 400), Runs.birth(2, 11, 420, 420),
                Runs.birth(2, 12, 420, 420), Runs.birth(3, 11, 440, 440), Runs.divergedBirth(3, 12));
        assertThat(ConfirmationField.ranking(round)).containsExactly(2, 1, 3);
    }
}
