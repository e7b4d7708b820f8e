package dev.normforge.cli;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Worker processes that train requests without a database, each one at a time. */
final class Trainers {

    /** So many workers that end before anybody has answered have no engine, or no room: it is not the layers' doing. */
    private static final int SILENT = 10;

    private final Supplier<Process> workers;
    private final int count;
    private final Consumer<Integer> progress;

    /**
     * @param workers starts one that reads requests and writes outcomes
     * @param count how many at a time
     * @param progress is told how many requests are done
     */
    Trainers(Supplier<Process> workers, int count, Consumer<Integer> progress) {
        this.workers = workers;
        this.count = count;
        this.progress = progress;
    }

    /**
     * Their outcomes, in the order of the requests.
     *
     * @throws UserError where no request would be answered: a worker has no images, or none ever answers
     */
    List<Outcome> train(List<EvaluationRequest> requests) {
        var round = new Round(requests);
        try (var threads = Executors.newFixedThreadPool(count)) {
            for (var one : threads.invokeAll(Collections.nCopies(count, round))) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        } catch (ExecutionException e) {
            var cause = NormForge.firstCause(e);
            throw new UserError((cause instanceof UserError ? "" : "training: ") + NormForge.oneLine(cause), e);
        }
        return List.of(round.outcomes);
    }

    /** What all threads share: whoever is free takes the next request. */
    private final class Round implements Callable<Void> {

        private final List<EvaluationRequest> requests;
        private final Outcome[] outcomes;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger silent = new AtomicInteger();
        private volatile boolean answered;

        Round(List<EvaluationRequest> requests) {
            this.requests = requests;
            this.outcomes = new Outcome[requests.size()];
        }

        @Override
        public Void call() {
            try {
                for (int i = next.getAndIncrement(); i < outcomes.length;) {
                    try (var worker = new Conversation(workers.get())) {
                        for (boolean alive = true; alive && i < outcomes.length; i = next.getAndIncrement()) {
                            outcomes[i] = outcome(worker.train(requests.get(i)));
                            alive = !(outcomes[i] instanceof Outcome.Failed);
                            progress.accept(done.incrementAndGet());
                        }
                    }
                }
                return null;
            } catch (RuntimeException hopeless) {
                next.set(outcomes.length); // the others need not go on
                throw hopeless;
            }
        }

        private Outcome outcome(Optional<Outcome> answer) {
            if (answer.isEmpty()) {
                if (!answered && silent.incrementAndGet() >= SILENT) {
                    throw new UserError("no worker can train: %d ended without an answer".formatted(SILENT));
                }
                return new Outcome.Failed(new Failure.EngineError("the worker ended without an answer"),
                        Outcome.Spent.NOTHING);
            }
            if (answer.get() instanceof Outcome.Failed(Failure.DataUnavailable(var why), var _)) {
                throw new UserError("no worker can train: " + why);
            }
            answered = true;
            return answer.get();
        }
    }

    /** A worker process that is asked and answers. */
    private static final class Conversation implements AutoCloseable {

        private final Process process;
        private final BufferedWriter orders;
        private final BufferedReader answers;

        Conversation(Process process) {
            this.process = process;
            this.orders = process.outputWriter();
            this.answers = process.inputReader();
        }

        /** Empty where the worker ended instead of answering. */
        Optional<Outcome> train(EvaluationRequest request) {
            try {
                orders.write(ProtocolJson.write(request));
                orders.newLine();
                orders.flush();
                var answer = answers.readLine();
                return answer == null ? Optional.empty() : Optional.of(ProtocolJson.read(answer, Outcome.class));
            } catch (IOException gone) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            try {
                orders.close();
            } catch (IOException gone) {
                // it ended before it had read them
            }
            process.destroy();
        }
    }
}
