package dev.normforge.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.AnchorScore.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontEqualsBruteForceTest {

    private final Random random = new Random(7);

    @Test
    void everyPrefixOfRandomArrivalsWithTiesHasTheFrontThatComparingAllPairsGives() {
        for (int set = 0; set < 200; set++) {
            int anchors = 1 + random.nextInt(4);
            var arrived = new ArrayList<Entrant>();
            var front = ParetoFront.EMPTY;
            for (int birth = 0; birth < 30; birth++) {
                var entrant = new Entrant(birth, random(anchors));
                arrived.add(entrant);
                var before = front;
                var change = front.after(entrant);
                front = change.front();
                assertThat(front.members()).containsExactlyElementsOf(bruteForce(arrived));
                assertThat(change.entered()).isEqualTo(front.members().contains(entrant));
                assertThat(change.displaced()).containsExactlyElementsOf(before.members().stream()
                        .filter(member -> !change.front().members().contains(member)).map(Entrant::birth).toList());
            }
        }
    }

    /** Few values, so that ties are common; totals differ, so that equal accuracies have different counts. */
    private Scores random(int anchors) {
        var counts = new ArrayList<Count>();
        for (int i = 0; i < anchors; i++) {
            int correct = random.nextInt(6);
            counts.add(random.nextBoolean() ? new Count(correct, 5) : new Count(2 * correct, 10));
        }
        return new Scores(counts);
    }

    private static List<Entrant> bruteForce(List<Entrant> all) {
        return all.stream().filter(one -> all.stream().noneMatch(other -> better(other, one))).toList();
    }

    private static boolean better(Entrant one, Entrant two) {
        boolean strictly = false;
        for (int i = 0; i < one.scores().anchors().size(); i++) {
            double difference = one.scores().accuracy(i) - two.scores().accuracy(i);
            if (difference < -1e-12) {
                return false;
            }
            strictly |= difference > 1e-12;
        }
        return strictly;
    }

    @Test
    void equalScoresStandSideBySide() {
        var one = new Entrant(1, Scores.of(List.of(3, 4), List.of(10, 10)));
        var same = new Entrant(2, Scores.of(List.of(6, 8), List.of(20, 20)));
        assertThat(ParetoFront.of(List.of(one, same)).members()).containsExactly(one, same);
    }

    @Test
    void badScoresAreRefusedByFieldValueAndExpectation() {
        assertThatThrownBy(() -> Scores.of(List.of(11), List.of(10)))
                .hasMessage(
                        "score is Count[correct=11, total=10], expected a positive total and correct between 0 and it");
        assertThatThrownBy(() -> new Scores(List.of())).hasMessage("scores has 0 anchors, expected 1 to 8");
        var one = Scores.of(List.of(1), List.of(2));
        assertThatThrownBy(() -> one.dominates(Scores.of(List.of(1, 1), List.of(2, 2))))
                .hasMessage("scores has 2 anchors, expected 1");
    }
}
