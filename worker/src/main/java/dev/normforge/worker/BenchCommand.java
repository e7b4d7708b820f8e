package dev.normforge.worker;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.data.NoImagesException;
import dev.normforge.worker.data.ProxyImages;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.training.SeparationBench;
import dev.normforge.worker.training.TrainingBench;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench}: what can only be measured with the engine. */
@Command(name = "bench", description = "Measures training speed, and whether the proxy separates.", mixinStandardHelpOptions = true, subcommands = {
        BenchCommand.Training.class, BenchCommand.Separation.class})
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected training or separation");
    }

    /** What both measure on. */
    static final class Task {

        @Option(names = "--preset", paramLabel = "P", defaultValue = "laptop", description = "Whose anchors, images and training (default ${DEFAULT-VALUE}).")
        private String preset = "";

        @Option(names = "--data", paramLabel = "NAME", description = "cifar10 or synthetic (default: the preset's; synthetic where CIFAR-10 cannot be had).")
        private DataCommand.@Nullable DataName data;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec(Spec.Target.MIXEE)
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        private ProxyImages images(ProxySpec proxy, ImageLibrary library) throws NoImagesException {
            return library.load(proxy.data(), false);
        }

        private ImageLibrary library() {
            return new ImageLibrary(System.getenv(), spec.commandLine().getErr()::println);
        }

        private ProxySpec proxy(ImageLibrary library) throws NoImagesException {
            try {
                var proxy = Presets.read(preset).proxy();
                return ImageChoice.available(proxy, data, library, spec.commandLine().getErr());
            } catch (IllegalArgumentException refused) {
                throw new WrongUsage("--preset: " + UserError.oneLine(refused), refused);
            }
        }

        /** A line of the table as soon as it is known; with JSON, everything at the end. */
        private void tell(String pattern, Object... values) {
            if (!json) {
                spec.commandLine().getOut().println(String.format(Locale.ROOT, pattern, values));
                spec.commandLine().getOut().flush();
            }
        }

        private void finish(Object rows) {
            if (json) {
                String text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(rows);
                spec.commandLine().getOut().println(text);
            }
        }

        private static void atLeast(int least, String option, int value) {
            if (value < least) {
                throw new WrongUsage("%s is %d, expected at least %d".formatted(option, value, least));
            }
        }
    }

    /** {@code bench training}. */
    @Command(name = "training", description = "Milliseconds of a training step, beside the naive way.", mixinStandardHelpOptions = true)
    static final class Training implements Callable<Integer> {

        @Mixin
        private Task task = new Task();

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Option(names = "--steps", paramLabel = "N", defaultValue = "80", description = "Steps of each training (default ${DEFAULT-VALUE}).")
        private int steps;

        @Option(names = "--seeds", paramLabel = "N", defaultValue = "3", description = "How many seeds; with one, accuracies are not compared (default ${DEFAULT-VALUE}).")
        private int seeds;

        @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "The first of them (default ${DEFAULT-VALUE}).")
        private long first;

        @Option(names = "--anchor", paramLabel = "A", description = "This anchor alone; also a classifier on which no search trains: vgg, densenet, resnet-deep.")
        private @Nullable String anchor;

        @Option(names = "--layer", paramLabel = "L", description = "This layer alone: bn-relu, evonorm-s0 or bench-ten.")
        private @Nullable String layer;

        @Override
        public Integer call() throws NoImagesException {
            Task.atLeast(1, "--steps", steps);
            Task.atLeast(1, "--seeds", seeds);
            var layers = TrainingBench.layers();
            if (layer != null) {
                layers.keySet().retainAll(Set.of(layer));
            }
            if (layers.isEmpty()) {
                throw new WrongUsage("--layer is %s, expected one of %s".formatted(layer,
                        String.join(", ", TrainingBench.layers().keySet())));
            }
            var library = task.library();
            var proxy = task.proxy(library);
            var anchors = anchors(proxy);
            var images = task.images(proxy, library);
            task.tell("%-14s %-12s %9s %9s %7s %10s %10s %9s %9s", "anchor", "layer", "naive ms", "ms", "times",
                    "loss apart", "in single", "naive acc", "accuracy");
            var rows = TrainingBench.run(Torch.start(), proxy, anchors, layers, images.images(),
                    images.scored(ScoredOn.SEARCH), steps, LongStream.range(first, first + seeds).toArray(),
                    this::tell);
            var faults = TrainingBench.faults(rows);
            faults.forEach(spec.commandLine().getErr()::println);
            if (faults.isEmpty()) {
                task.tell("first five losses within %.0e in double precision, %.1e in single%s",
                        TrainingBench.LOSS_TOLERANCE,
                        rows.stream().mapToDouble(TrainingBench.Row::singleLossDifference).max().orElseThrow(),
                        seeds == 1
                                ? ""
                                : String.format(Locale.ROOT,
                                        "; accuracies within noise (standard error of a difference %.3f)",
                                        TrainingBench.standardError(rows)));
            }
            task.finish(rows);
            return faults.isEmpty() ? 0 : 1;
        }

        private List<AnchorSpec> anchors(ProxySpec proxy) {
            if (anchor == null) {
                return proxy.anchors();
            }
            var others = TransferAnchors.names().stream().map(TransferAnchors::read)
                    .filter(one -> !one.family().restores());
            var known = Stream.concat(proxy.anchors().stream(), others).toList();
            return List.of(known.stream().filter(one -> one.name().equals(anchor)).findFirst()
                    .orElseThrow(() -> new WrongUsage("--anchor is %s, expected one of %s".formatted(anchor,
                            known.stream().map(AnchorSpec::name).toList()))));
        }

        private void tell(TrainingBench.Row row) {
            task.tell("%-14s %-12s %9.2f %9.2f %7.2f %10.1e %10.1e %9.3f %9.3f", row.anchor(), row.layer(),
                    row.naiveMillis(), row.millis(), row.naiveMillis() / row.millis(), row.lossDifference(),
                    row.singleLossDifference(), row.meanNaiveAccuracy(), row.meanAccuracy());
        }
    }

    /** {@code bench separation}. */
    @Command(name = "separation", description = "Whether the proxy tells bn-relu and evonorm-s0 from affine-relu, and that from a constant; exit code 1 if not.", mixinStandardHelpOptions = true)
    static final class Separation implements Callable<Integer> {

        /** The first of the default seeds: none of them was looked at when the proxy was chosen. */
        private static final String FRESH = "101";

        @Mixin
        private Task task = new Task();

        @Option(names = "--seeds", paramLabel = "N", defaultValue = "5", description = "How many seeds (default ${DEFAULT-VALUE}).")
        private int seeds;

        @Option(names = "--seed", paramLabel = "S", defaultValue = FRESH, description = "The first of them (default ${DEFAULT-VALUE}).")
        private long first;

        /** What is printed as JSON. */
        record Result(String data, boolean separates, List<Layer> layers) {
        }

        /** One layer: accuracies are means over anchors, one for each seed. */
        record Layer(String layer, double mean, double deviation, List<Double> accuracies) {
        }

        @Override
        public Integer call() throws NoImagesException {
            Task.atLeast(2, "--seeds", seeds);
            var library = task.library();
            var proxy = task.proxy(library);
            var images = task.images(proxy, library);
            task.tell("%s, mean over %d anchors, %d seeds", proxy.data().name(), proxy.anchors().size(), seeds);
            var rows = SeparationBench.run(Torch.start(), proxy, images.images(), images.scored(ScoredOn.SEARCH),
                    LongStream.range(first, first + seeds).toArray(), row -> task.tell("%-14s %5.1f %% +- %.1f",
                            row.layer(), 100 * row.mean(), 100 * row.deviation()));
            boolean separates = SeparationBench.separates(rows);
            task.tell(separates ? "the proxy separates" : "the proxy does not separate");
            task.finish(new Result(proxy.data().name(), separates, rows.stream().map(
                    row -> new Layer(row.layer(), row.mean(), row.deviation(), row.accuracies())).toList()));
            return separates ? 0 : 1;
        }
    }
}
