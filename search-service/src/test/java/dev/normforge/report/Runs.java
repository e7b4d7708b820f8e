package dev.normforge.report;

import dev.normforge.front.Scores;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Measurements for tests. */
final class Runs {

    private Runs() {
    }

    static Measurement reference(String layer, long seed, int... correctOfThousand) {
        return new Measurement(0, null, layer, 0, seed, 240, scores(correctOfThousand),
                Collections.nCopies(correctOfThousand.length, 10.0 + seed));
    }

    static Measurement divergedReference(String layer, long seed) {
        return new Measurement(0, null, layer, 0, seed, 17, null, List.of());
    }

    static Measurement birth(int birth, long seed, int... correctOfThousand) {
        return new Measurement(0, birth, null, 1, seed, 240, scores(correctOfThousand),
                Collections.nCopies(correctOfThousand.length, 10.0));
    }

    static Measurement divergedBirth(int birth, long seed) {
        return new Measurement(0, birth, null, 1, seed, 17, null, List.of());
    }

    static Scores scores(int... correctOfThousand) {
        var correct = Arrays.stream(correctOfThousand).boxed().toList();
        return Scores.of(correct, Collections.nCopies(correct.size(), 1000));
    }
}
