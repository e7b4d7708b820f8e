package dev.normforge.worker;

import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.queue.Reasons;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.gate.EngineTrainings;
import dev.normforge.worker.gate.Evaluate;
import dev.normforge.worker.gate.Watcher;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** {@code --check}: whether this machine can train. */
final class Check {

    private static final int STEPS = 10;

    private Check() {
    }

    /**
     * Starts the engine and trains BN-ReLU for a few steps on the built-in images.
     *
     * @return the exit code: 1 when training does not work
     */
    static int run(PrintWriter out) {
        Torch torch;
        try {
            torch = Torch.start();
        } catch (RuntimeException | LinkageError broken) {
            throw new UserError("the engine does not start: " + UserError.oneLine(broken), broken);
        }
        out.println(torch.description());
        var proxy = Presets.read(Presets.names().getFirst()).proxy();
        var data = proxy.data().named("synthetic");
        var small = new DataSpec(data.name(), data.side(), data.crop(), data.flip(), 1024, 64, 64);
        var brief = proxy.withAnchors(proxy.anchors().subList(0, 1)).withTraining(proxy.training().withSteps(STEPS))
                .withData(small);
        var request = new EvaluationRequest(0, NamedLayers.find("bn-relu").orElseThrow(), brief, 1, false, false, null,
                ScoredOn.SEARCH);
        var library = new ImageLibrary(Map.of(), out::println);
        return switch (new Evaluate(new EngineTrainings(torch, library)).evaluate(request, Watcher.NONE)) {
            case Outcome.Scored(var scores, var _) -> {
                out.println(String.format(Locale.ROOT, "a training step of bn-relu in %s takes %.1f ms",
                        scores.getFirst().anchor(), scores.getFirst().stepMillis()));
                yield 0;
            }
            case Outcome.Rejected(var reason, var _, var _, var _) -> throw new UserError(
                    "training: " + EvaluationResult.words(reason));
            case Outcome.Failed(var reason, var _) -> throw new UserError(
                    "training does not work: " + Reasons.words(reason));
        };
    }
}
