package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that no worker of this machine could answer end with the reason, not one after another without an answer. */
class HopelessTrainingsGoOnTest {

    private static final int WORKERS = 2;
    private static final List<EvaluationRequest> REQUESTS = Collections.nCopies(200, new EvaluationRequest(0,
            NamedLayers.find("relu").orElseThrow(), Presets.read("smoke").proxy(), 1, false, false, null,
            ScoredOn.SEARCH));

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    /** Each worker is a shell script. */
    private Trainers trainers(String script, Outcome answer) {
        return new Trainers(() -> {
            started.incrementAndGet();
            try {
                return new ProcessBuilder("sh", "-c", script, "sh", ProtocolJson.write(answer)).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, WORKERS, done::set);
    }

    private static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure, Outcome.Spent.NOTHING);
    }

    private static final String ANSWERS = "while read -r request; do printf '%s\\n' \"$1\"; done";

    @Test
    void withoutImagesTheFirstAnswerIsTheLast() {
        var without = trainers(ANSWERS, failed(new Failure.DataUnavailable("data_batch_3.bin is missing")));

        assertThatThrownBy(() -> without.train(REQUESTS)).isInstanceOf(UserError.class)
                .hasMessage("no worker can train: data_batch_3.bin is missing");
        assertThat(done).hasValue(0);
        assertThat(started).hasValueLessThanOrEqualTo(WORKERS);
    }

    @Test
    void workersThatAllEndBeforeTheyAnswerAreNotStartedForEver() {
        assertThatThrownBy(() -> trainers("exit 1", failed(new Failure.Cancelled())).train(REQUESTS))
                .isInstanceOf(UserError.class).hasMessage("no worker can train: 10 ended without an answer");
        assertThat(started).hasValueLessThan(10 + 2 * WORKERS);
    }

    @Test
    void aFailureOfALayerIsAnAnswerAndTheNextWorkerGoesOn() {
        var outcomes = trainers(ANSWERS, failed(new Failure.EngineError("shape"))).train(REQUESTS.subList(0, 20));

        assertThat(outcomes).hasSize(20).containsOnly(failed(new Failure.EngineError("shape")));
        assertThat(started).hasValue(20);
        assertThat(done).hasValue(20);
    }
}
