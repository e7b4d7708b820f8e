package dev.normforge.worker;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.gate.EngineTrainings;
import dev.normforge.worker.gate.Evaluate;
import dev.normforge.worker.gate.Watcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code train}: a request a line on standard input, its outcome a line on standard output, until the input ends. */
@Command(name = "train", description = "Trains what standard input orders: a request a line, an outcome a line, as JSON.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var line = spec.commandLine();
        var torch = Torch.start();
        torch.prepareThread();
        var evaluate = new Evaluate(
                new EngineTrainings(torch, new ImageLibrary(System.getenv(), line.getErr()::println)));
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                var outcome = evaluate.evaluate(request(order), Watcher.NONE);
                line.getOut().println(ProtocolJson.write(outcome));
                line.getOut().flush();
            }
        }
        return 0;
    }

    private static EvaluationRequest request(String order) {
        try {
            return ProtocolJson.read(order, EvaluationRequest.class);
        } catch (IllegalArgumentException refused) {
            throw new UserError("request: " + UserError.oneLine(refused), refused);
        }
    }
}
