package dev.normforge.worker;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.data.NoImagesException;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.gate.EngineTrainings;
import dev.normforge.worker.gate.Evaluate;
import dev.normforge.worker.gate.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate}: trains one layer on the anchors of a preset, without a database. */
@Command(name = "evaluate", description = "Trains one layer on a preset's anchors, without a database.", mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "LAYER", description = "A named layer (see layers) or a layer file.")
    private String layer = "";

    @Option(names = "--preset", paramLabel = "P", defaultValue = "laptop", description = "Whose anchors, images and training (default ${DEFAULT-VALUE}).")
    private String preset = "";

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of weights and batches (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--anchors", paramLabel = "A,B", split = ",", description = "Only these anchors.")
    private List<String> anchors = List.of();

    @Option(names = "--gates", description = "Give the layer up where a search would; otherwise this is only reported.")
    private boolean gates;

    @Option(names = "--data", paramLabel = "NAME", description = "cifar10 or synthetic (default: the preset's; synthetic where CIFAR-10 cannot be had).")
    private DataCommand.@Nullable DataName data;

    @Option(names = "--steps", paramLabel = "N", description = "Training steps (default: the preset's).")
    private @Nullable Integer steps;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws NoImagesException {
        var err = spec.commandLine().getErr();
        var library = new ImageLibrary(System.getenv(), err::println);
        var proxy = proxy();
        var subject = LayerArgument.read(layer, proxy.numerics());
        proxy = ImageChoice.available(with(proxy, subject), data, library, err);
        var request = new EvaluationRequest(0, subject.layer(), proxy, seed, gates, false, null, ScoredOn.SEARCH, null);
        var seconds = new ArrayList<Double>();
        var evaluate = new Evaluate(new EngineTrainings(Torch.start(), library));
        try (var line = new ProgressLine(err, proxy.anchors().stream().map(AnchorSpec::name).toList())) {
            var judged = evaluate.observe(request, watcher(line, seconds));
            line.close();
            print(judged, proxy, seconds, subject);
            return judged.outcome() instanceof Outcome.Failed ? 1 : 0;
        }
    }

    private static Watcher watcher(ProgressLine line, List<Double> seconds) {
        return new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                line.show(anchor, step, steps);
            }

            @Override
            public void onScore(AnchorScore score, double spent) {
                seconds.add(spent);
            }
        };
    }

    private ProxySpec proxy() {
        ProxySpec proxy;
        try {
            proxy = Presets.read(preset).proxy();
        } catch (IllegalArgumentException refused) {
            throw new WrongUsage("--preset: " + UserError.oneLine(refused), refused);
        }
        var chosen = proxy.anchors().stream().filter(anchor -> anchors.isEmpty() || anchors.contains(anchor.name()))
                .toList();
        if (!anchors.isEmpty() && chosen.size() != anchors.stream().distinct().count()) {
            throw new WrongUsage("--anchors is %s, expected some of %s".formatted(String.join(",", anchors),
                    String.join(",", proxy.anchors().stream().map(AnchorSpec::name).toList())));
        }
        try {
            var training = steps == null ? proxy.training() : proxy.training().withSteps(steps);
            return proxy.withAnchors(chosen).withTraining(training);
        } catch (IllegalArgumentException refused) {
            throw new WrongUsage("--steps: " + UserError.oneLine(refused), refused);
        }
    }

    /** The layer's own numerics: a file has its own. */
    private static ProxySpec with(ProxySpec proxy, LayerArgument layer) {
        return proxy.withNumerics(layer.numerics());
    }

    private void print(Evaluate.Judged judged, ProxySpec proxy, List<Double> seconds,
            LayerArgument subject) {
        var result = EvaluationResult.of(layer, seed, proxy.data().name(), judged, seconds);
        var out = spec.commandLine().getOut();
        if (json) {
            String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result);
            out.println(text);
        } else {
            out.println(result.text(subject.formula()));
        }
    }
}
