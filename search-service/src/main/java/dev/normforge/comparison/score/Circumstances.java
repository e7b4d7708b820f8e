package dev.normforge.comparison.score;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.Run;
import dev.normforge.protocol.ComparisonSpec.Grid.RateScaling;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for every cell of a comparison, in words: data, training, seeds, and what noise is not shown. */
public final class Circumstances {

    private final Sheet sheet;

    public Circumstances(Sheet sheet) {
        this.sheet = sheet;
    }

    /** The name of the data; a stand-in is called one. */
    public String data() {
        var name = sheet.result().spec().proxy().data().name();
        return name.equals("synthetic") ? "synthetic images (a stand-in, not CIFAR-10)" : name;
    }

    /** Data, size of the images and which of them are counted. */
    public String images() {
        int side = sheet.result().spec().proxy().data().side();
        return "%s, %d×%d pixels, scored on %s".formatted(data(), side, side, scored());
    }

    private String scored() {
        var kind = sheet.result().spec().scoredOn().name().toLowerCase(Locale.ROOT) + " images";
        var totals = sheet.result().cells().stream().flatMap(cell -> cell.runs().stream()).map(Run::total).distinct()
                .toList();
        return totals.size() == 1 ? String.format(Locale.ROOT, "%,d %s", totals.getFirst(), kind) : kind;
    }

    /** How long, with which learning rate. */
    public String training() {
        var spec = sheet.result().spec();
        var training = spec.proxy().training();
        var images = String.format(Locale.ROOT, "%,d", (long) training.steps() * training.batch());
        var own = sheet.values(Dimension.BATCH).equals(List.of(Integer.toString(training.batch())));
        var rate = "learning rate %s".formatted(training.learningRate());
        return own
                ? "%d steps of %d images, %s".formatted(training.steps(), training.batch(), rate)
                : "every training sees %s%s images; %s at batch %d%s".formatted(images, upToWholeSteps(), rate,
                        training.batch(),
                        spec.grid().rate() == RateScaling.LINEAR
                                ? ", elsewhere in proportion to the batch"
                                : " and everywhere");
    }

    /** Said where a batch does not divide the images: its last step sees more. */
    private String upToWholeSteps() {
        var training = sheet.result().spec().proxy().training();
        long images = (long) training.steps() * training.batch();
        return sheet.values(Dimension.BATCH).stream().allMatch(batch -> images % Long.parseLong(batch) == 0)
                ? ""
                : ", up to whole steps,";
    }

    /** How many, and which. */
    public String seeds() {
        var spec = sheet.result().spec();
        return spec.seeds() == 1
                ? "one seed (%d)".formatted(spec.firstSeed())
                : "%d seeds (%d to %d), the same for all layers".formatted(spec.seeds(), spec.firstSeed(),
                        spec.firstSeed() + spec.seeds() - 1);
    }

    /** The conditions that have one value. */
    public String constants() {
        return Stream.of(Dimension.values()).filter(dimension -> !sheet.varies(dimension)).map(this::constant)
                .filter(words -> !words.isEmpty()).collect(Collectors.joining(", "));
    }

    private String constant(Dimension dimension) {
        if (dimension == Dimension.NORMALIZATION_BATCH && sheet.wholeBatches()) {
            return "layers see whole batches";
        }
        var values = sheet.values(dimension);
        boolean absent = dimension == Dimension.ADAPTED && values.equals(List.of("not adapted"));
        return absent || values.isEmpty() ? "" : dimension.words(values.getFirst());
    }

    /** Whether runs are missing, and how many; empty if none is. */
    public String progress() {
        long there = sheet.result().cells().stream().mapToLong(cell -> cell.runs().size()).sum();
        long ordered = (long) sheet.result().cells().size() * sheet.result().spec().seeds();
        return there >= ordered
                ? ""
                : String.format(Locale.ROOT, "Incomplete: %,d of %,d numbers are there.", there, ordered);
    }

    /** What ± leaves out: which images are counted, the same for all layers. */
    public String imageNoise() {
        var runs = sheet.result().cells().stream()
                .filter(cell -> Scoring.unit(sheet.result(), cell.cell().anchor()) == Unit.ACCURACY)
                .map(CellResult::runs).flatMap(List::stream).filter(run -> run.total() > 0).toList();
        var common = "All layers are scored on the same images: the noise of that choice%s is largely shared by all of them and "
                + "not part of ±.";
        if (runs.isEmpty()) {
            return common.formatted("");
        }
        double mean = runs.stream().mapToDouble(run -> (double) run.correct() / run.total()).average().orElseThrow();
        int images = runs.stream().mapToInt(Run::total).min().orElseThrow();
        return common.formatted(" (one standard error of a score is about %s points)"
                .formatted(Unit.ACCURACY.text(Math.sqrt(mean * (1 - mean) / images))));
    }
}
