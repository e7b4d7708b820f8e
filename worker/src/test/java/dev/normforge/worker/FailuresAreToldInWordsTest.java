package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.worker.gate.Evaluate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user reads must not be how this program writes its records down. */
class FailuresAreToldInWordsTest {

    private static final Map<Failure, String> WORDS = Map.of(
            new Failure.EngineError("EngineException: no device"), "engine-error: EngineException: no device",
            new Failure.OutOfMemory("Java heap space"), "out-of-memory: Java heap space",
            new Failure.DataUnavailable("a.bin is missing"), "data-unavailable: a.bin is missing",
            new Failure.WorkerLost(10), "worker-lost: its worker went silent or was killed 10 times",
            new Failure.WorkerCrashed(3, "died: exit 134"),
            "worker-crashed: it brought its worker down 3 times (died: exit 134)",
            new Failure.Cancelled(), "cancelled: its search was cancelled");

    @Test
    void everyFailureOfALayerIsAReasonAndWords() {
        assertThat(WORDS).hasSameSizeAs(Failure.class.getPermittedSubclasses());
        WORDS.forEach((failure, words) -> {
            var judged = new Evaluate.Judged(new Outcome.Failed(failure, Outcome.Spent.NOTHING), List.of());
            var result = EvaluationResult.of("relu", 7, "synthetic", judged, List.of());

            assertThat(result.reason()).isEqualTo(words);
            assertThat(result.text("max(x, 0)")).contains("seed 7, synthetic, failed: " + words);
        });
    }
}
