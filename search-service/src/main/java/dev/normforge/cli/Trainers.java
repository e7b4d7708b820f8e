package dev.normforge.cli;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Worker processes that train requests without a database, each one at a time. */
final class Trainers {

    private final WorkerProgram program;
    private final int count;
    private final Consumer<Integer> progress;

    /** @param progress is told how many requests are done */
    Trainers(WorkerProgram program, int count, Consumer<Integer> progress) {
        this.program = program;
        this.count = count;
        this.progress = progress;
    }

    /** Their outcomes, in the order of the requests. */
    List<Outcome> train(List<EvaluationRequest> requests) {
        var outcomes = new Outcome[requests.size()];
        var next = new AtomicInteger();
        var done = new AtomicInteger();
        Callable<Void> trainer = () -> {
            for (int i = next.getAndIncrement(); i < outcomes.length;) {
                try (var worker = new Conversation(program.converse(List.of("train")))) {
                    for (boolean alive = true; alive && i < outcomes.length; i = next.getAndIncrement()) {
                        outcomes[i] = worker.train(requests.get(i));
                        alive = !(outcomes[i] instanceof Outcome.Failed);
                        progress.accept(done.incrementAndGet());
                    }
                }
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(count)) {
            var running = new ArrayList<>(threads.invokeAll(Collections.nCopies(count, trainer)));
            for (var one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
        } catch (ExecutionException e) {
            throw new UserError("training: " + NormForge.oneLine(NormForge.firstCause(e)), e);
        }
        return List.of(outcomes);
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

        /** A worker that ends instead of answering taught nothing. */
        Outcome train(EvaluationRequest request) {
            try {
                orders.write(ProtocolJson.write(request));
                orders.newLine();
                orders.flush();
                var answer = answers.readLine();
                if (answer != null) {
                    return ProtocolJson.read(answer, Outcome.class);
                }
            } catch (IOException e) {
                // it is gone
            }
            return new Outcome.Failed(new Failure.EngineError("the worker ended without an answer"),
                    Outcome.Spent.NOTHING);
        }

        @Override
        public void close() throws IOException {
            orders.close();
            process.destroy();
        }
    }
}
