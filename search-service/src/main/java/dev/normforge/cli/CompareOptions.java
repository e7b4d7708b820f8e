package dev.normforge.cli;

import dev.normforge.comparison.Changes;
import dev.normforge.graph.GraphJson;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.NamedComparisons;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.protocol.Training;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.protocol.WeightStandardization;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What to compare, as options: a named comparison or a preset's task, and what the options change about it. */
final class CompareOptions {

    private static final String CUSTOM = "custom";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "COMPARISON", description = "One that comes with the program (see --list); options change it. What is published is looked for as long as layers, anchors and conditions are its own.")
    private @Nullable String comparison;

    @Option(names = "--layers", paramLabel = "L", split = ",", description = "Named layers (see layers) and layer files.")
    private List<String> layers = List.of();

    @Option(names = "--random-layers", paramLabel = "N", description = "Random layers of the search space besides.")
    private @Nullable Integer randomLayers;

    @Option(names = "--preset", paramLabel = "P", description = "Whose images, anchors and training (default laptop).")
    private @Nullable String preset;

    @Option(names = "--anchors", paramLabel = "A", split = ",", description = "Some of the preset's anchors, or those that no search trains on: vgg, densenet, resnet-deep, unet-denoise, unet-double.")
    private List<String> anchors = List.of();

    @Option(names = "--batch-sizes", paramLabel = "N", split = ",", description = "Images of a step; every batch size sees equally many images in all.")
    private List<Integer> batches = List.of();

    @Option(names = "--images", paramLabel = "N", description = "Images that each training sees, up to whole steps (default: the preset's steps times its batch).")
    private @Nullable Integer images;

    @Option(names = "--learning-rate", paramLabel = "R", description = "At the reference batch; in proportion elsewhere.")
    private @Nullable Double learningRate;

    @Option(names = "--reference-batch", paramLabel = "N", description = "The batch that the learning rate is given for (default: the preset's).")
    private @Nullable Integer referenceBatch;

    @Option(names = "--constant-rate", description = "The same learning rate for all batch sizes.")
    private boolean constantRate;

    @Option(names = "--normalization-batch", paramLabel = "N", split = ",", description = "Images whose statistics a layer sees together; divisors of every batch.")
    private List<Integer> normalizationBatches = List.of();

    @Option(names = "--weight-standardization", paramLabel = "W", split = ",", description = "off, on (the authors'), or a published variant: ws, bcn, tf, timm.")
    private List<String> weightStandardization = List.of();

    @Option(names = "--statistics", paramLabel = "S", split = ",", converter = StatisticsOption.class, description = "What stands for batch statistics (batch: the test batch's own): "
            + StatisticsOption.EXPECTED + ".")
    private List<BatchStatistics> statistics = List.of();

    @Option(names = "--order", paramLabel = "O", split = ",", description = "shuffled, by-class.")
    private List<String> orders = List.of();

    @Option(names = "--corruptions", paramLabel = "C", split = ",", description = "none, or noise, blur, contrast with -light, -medium, -heavy.")
    private List<String> corruptions = List.of();

    @Option(names = "--adapt", description = "Measure precise statistics on the corrupted images too.")
    private boolean adapt;

    @Option(names = "--seeds", paramLabel = "N", description = "How many, the same for all layers (default 3).")
    private @Nullable Integer seeds;

    @Option(names = "--first-seed", paramLabel = "S", description = "The first of them (default 1).")
    private @Nullable Long firstSeed;

    @Option(names = "--three-curves", description = "Count training images and held-out images with batch statistics too.")
    private boolean threeCurves;

    @Option(names = "--evaluations", paramLabel = "N", description = "Count held-out images this often during training.")
    private @Nullable Integer evaluations;

    @Option(names = "--scored-on", paramLabel = "I", description = "confirm (default), search or test: which images are counted.")
    private @Nullable String scoredOn;

    @Option(names = "--minutes", paramLabel = "M", description = "Begin no training after these; what was not begun by then stays out.")
    private @Nullable Double minutes;

    @Option(names = "--data", paramLabel = "NAME", description = "cifar10 or synthetic (default: CIFAR-10 where it can be had).")
    private SearchOptions.@Nullable Data data;

    /** Whether options have left a comparison nothing of what is published of it. */
    boolean dropsFindings(ComparisonSpec changed) {
        return comparison != null && changed.expectations().isEmpty()
                && !NamedComparisons.read(comparison).expectations().isEmpty();
    }

    /** Whether the user named the data: no other set will do. */
    boolean dataRequired() {
        return data != null;
    }

    /** @throws ParameterException naming an option, its value and what was expected */
    ComparisonSpec spec() {
        try {
            return comparison == null ? custom() : changed(NamedComparisons.read(comparison));
        } catch (IllegalArgumentException e) {
            throw wrong(FieldsAsOptions.in(NormForge.oneLine(e)));
        }
    }

    private ComparisonSpec custom() {
        if (layers.isEmpty() && randomLayers == null) {
            throw wrong("--layers is missing, expected layers, or one of the comparisons %s"
                    .formatted(String.join(", ", NamedComparisons.names())));
        }
        var proxy = preset == null ? Presets.read("laptop").proxy() : presets();
        var grid = new Grid(List.of(), Grid.RateScaling.LINEAR, List.of(), List.of(), List.of(), List.of(), List.of(),
                false);
        return changed(new ComparisonSpec(CUSTOM, compared(), proxy, grid, 3, 1, ScoredOn.CONFIRM, 0, false, null,
                List.of()));
    }

    private ProxySpec presets() {
        if (preset == null || !Presets.names().contains(preset)) {
            throw wrong("--preset is %s, expected one of %s".formatted(preset, String.join(", ", Presets.names())));
        }
        return Presets.read(preset).proxy();
    }

    private ComparisonSpec changed(ComparisonSpec base) {
        if (comparison != null && preset != null) {
            throw wrong(
                    "--preset is %s, expected none beside a comparison: it has a task of its own".formatted(preset));
        }
        var compared = compared();
        // What is published speaks of the published grid alone.
        boolean sameGrid = compared.isEmpty() && anchors.isEmpty() && batches.isEmpty()
                && normalizationBatches.isEmpty() && weightStandardization.isEmpty() && statistics.isEmpty()
                && orders.isEmpty() && corruptions.isEmpty();
        return new Changes(seeds, firstSeed, minutes, data == null ? null : data.name()).on(new ComparisonSpec(
                base.name(), compared.isEmpty() ? base.layers() : compared, proxy(base.proxy()),
                grid(base.grid(), base.proxy().training().batch()),
                base.seeds(), base.firstSeed(), scored(base.scoredOn()),
                evaluations == null ? base.evaluations() : evaluations, threeCurves || base.threeCurves(),
                base.minutes(), sameGrid ? base.expectations() : List.of()));
    }

    private ProxySpec proxy(ProxySpec base) {
        var changed = base;
        if (!anchors.isEmpty()) {
            changed = changed.withAnchors(anchors.stream().map(name -> anchor(name, base)).toList());
        }
        if (referenceBatch != null && constantRate) {
            throw wrong("--reference-batch is %d, expected none beside --constant-rate: the rate follows no batch"
                    .formatted(referenceBatch));
        }
        var own = changed.training();
        int batch = referenceBatch == null ? own.batch() : referenceBatch;
        if (batch < 1) {
            throw wrong("--reference-batch is %d, expected at least 1".formatted(batch));
        }
        long seen = images == null ? (long) own.steps() * own.batch() : images;
        if (seen < 1) {
            throw wrong("--images is %d, expected at least 1".formatted(seen));
        }
        int steps = Math.toIntExact(Math.ceilDiv(seen, batch));
        int warmup = (int) Math.min(steps, Math.round((double) own.warmup() / own.steps() * steps));
        double rate = learningRate != null ? learningRate : own.learningRate() * batch / own.batch();
        return changed.withTraining(new Training(steps, batch, rate, own.momentum(), own.weightDecay(), warmup,
                own.schedule()));
    }

    private AnchorSpec anchor(String name, ProxySpec base) {
        return base.anchors().stream().filter(anchor -> anchor.name().equals(name)).findFirst().orElseGet(() -> {
            if (!TransferAnchors.names().contains(name)) {
                throw wrong("--anchors is %s, expected some of %s".formatted(name, String.join(", ",
                        Stream.concat(base.anchors().stream().map(AnchorSpec::name), TransferAnchors.names().stream())
                                .toList())));
            }
            return TransferAnchors.read(name);
        });
    }

    /** @param batch that the task itself has: the reference batch is one of the rate alone */
    private Grid grid(Grid base, int batch) {
        var own = base.batches().isEmpty() && referenceBatch != null ? List.of(batch) : base.batches();
        return new Grid(batches.isEmpty() ? own : batches,
                constantRate ? Grid.RateScaling.CONSTANT : base.rate(),
                normalizationBatches.isEmpty() ? base.normalizationBatches() : normalizationBatches,
                weightStandardization.isEmpty()
                        ? base.weightStandardization()
                        : weightStandardization.stream().map(this::weights).toList(),
                statistics.isEmpty() ? base.statistics() : statistics,
                orders.isEmpty() ? base.orders() : orders.stream().map(this::order).toList(),
                corruptions.isEmpty() ? base.corruptions() : corruptions, adapt || base.adapt());
    }

    private String weights(String text) {
        if (!text.equals("on") && !text.equals(Grid.OFF) && !WeightStandardization.names().contains(text)) {
            throw wrong("--weight-standardization is %s, expected off, on (which is ws) or one of %s".formatted(text,
                    String.join(", ", WeightStandardization.names())));
        }
        return text.equals("on") ? "ws" : text;
    }

    private BatchOrder order(String text) {
        return switch (text) {
            case "shuffled" -> BatchOrder.SHUFFLED;
            case "by-class" -> BatchOrder.BY_CLASS;
            default -> throw wrong("--order is %s, expected shuffled or by-class".formatted(text));
        };
    }

    private ScoredOn scored(ScoredOn base) {
        return switch (scoredOn) {
            case null -> base;
            case "confirm", "search", "test" -> ScoredOn.valueOf(scoredOn.toUpperCase(Locale.ROOT));
            default -> throw wrong("--scored-on is %s, expected confirm, search or test".formatted(scoredOn));
        };
    }

    private List<ComparedLayer> compared() {
        var all = new ArrayList<ComparedLayer>();
        layers.forEach(given -> all.add(layer(given)));
        if (randomLayers != null) {
            var space = Presets.read("laptop").space();
            all.add(new ComparedLayer.Random(randomLayers, 1, space.operations(), SearchSpec.Space.Draw.ROWS));
        }
        return all;
    }

    /** A name wins over a file of the same name; {@code ./name} means the file. */
    private ComparedLayer layer(String given) {
        if (SlotLayer.named(given).isPresent()) {
            return new ComparedLayer.Named(given);
        }
        try {
            var file = Path.of(given);
            if (given.isBlank() || !Files.exists(file)) {
                throw wrong("--layers is %s, expected a layer file or one of %s".formatted(
                        given.isBlank() ? "empty" : given,
                        String.join(", ", SlotLayer.names())));
            }
            var layer = GraphJson.read(file);
            return new ComparedLayer.Graph(label(file), layer.graph(), layer.numerics());
        } catch (InvalidPathException e) {
            throw wrong("--layers is %s, expected a layer file or a name".formatted(given));
        } catch (IllegalArgumentException e) {
            throw wrong("--layers: " + NormForge.oneLine(e));
        }
    }

    /** The file's name without its ending. */
    private static String label(Path file) {
        var name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "").replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(60, name.length()));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
