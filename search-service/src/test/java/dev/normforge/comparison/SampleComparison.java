package dev.normforge.comparison;

import dev.normforge.comparison.Run.ThreeCurves;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Expectation;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A comparison with scores that a test chooses: every cell of a grid, on the laptop's anchors unless told otherwise. */
public final class SampleComparison {

    public static final int IMAGES = 5000;
    private static final long FIRST_SEED = 11;
    private static final int POINTS = 12;

    private final List<ComparedLayer> layers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private List<AnchorSpec> anchors = Presets.read("laptop").proxy().anchors();
    private List<Integer> batches = List.of(32);
    private List<Integer> normalizationBatches = List.of();
    private List<String> weights = List.of("off");
    private List<BatchStatistics> statistics = List.of(new BatchStatistics.Precise(1024));
    private List<BatchOrder> orders = List.of(BatchOrder.SHUFFLED);
    private List<String> corruptions = List.of("none");
    private boolean adapt;
    private boolean threeCurves;
    private boolean curves;
    private int seeds = 3;
    private String data = "cifar10";

    /** What a run scores: accuracy or decibel; not a number where it is missing, negative where it diverged. */
    public interface Scores {
        double of(Cell cell, long seed);
    }

    public static SampleComparison of(String... layers) {
        var sample = new SampleComparison();
        for (var layer : layers) {
            sample.layers.add(new ComparedLayer.Named(layer));
        }
        return sample;
    }

    public SampleComparison random(int count) {
        layers.add(new ComparedLayer.Random(count, 1, 10, SearchSpec.Space.Draw.ROWS));
        return this;
    }

    public SampleComparison anchors(String... names) {
        anchors = List.of(names).stream().map(SampleComparison::anchor).toList();
        return this;
    }

    private static AnchorSpec anchor(String name) {
        var model = Presets.read("laptop").proxy().anchors().getFirst();
        return new AnchorSpec(name, name.contains("unet") ? Family.DENOISING_UNET : model.family(), model.width(), 1, 2,
                64, 0, model.stages());
    }

    public SampleComparison batches(Integer... values) {
        batches = List.of(values);
        return this;
    }

    public SampleComparison normalizationBatches(Integer... values) {
        normalizationBatches = List.of(values);
        return this;
    }

    public SampleComparison weights(String... values) {
        weights = List.of(values);
        return this;
    }

    public SampleComparison statistics(BatchStatistics... values) {
        statistics = List.of(values);
        return this;
    }

    public SampleComparison orders(BatchOrder... values) {
        orders = List.of(values);
        return this;
    }

    public SampleComparison corruptions(boolean adapted, String... values) {
        corruptions = List.of(values);
        adapt = adapted;
        return this;
    }

    public SampleComparison seeds(int value) {
        seeds = value;
        return this;
    }

    public SampleComparison synthetic() {
        data = "synthetic";
        return this;
    }

    public SampleComparison note(String note) {
        notes.add(note);
        return this;
    }

    public SampleComparison expecting(String published, Expectation.Part... parts) {
        expectations.add(new Expectation(published, List.of(parts)));
        return this;
    }

    /** A part that leaves everything open but layer and batch. */
    public static Expectation.Part part(double weight, String layer, @Nullable Integer batch) {
        return new Expectation.Part(weight, layer, null, batch, null, null, null, null, null, null);
    }

    public SampleComparison withThreeCurves() {
        threeCurves = true;
        return this;
    }

    public SampleComparison withCurves() {
        curves = true;
        return this;
    }

    public ComparisonResult scoring(Scores scores) {
        var laptop = Presets.read("laptop").proxy();
        var proxy = laptop.withAnchors(anchors).withData(laptop.data().named(data));
        var grid = new Grid(batches, Grid.RateScaling.LINEAR, normalizationBatches, weights, statistics, orders,
                corruptions, adapt);
        var spec = new ComparisonSpec("sample", layers, proxy, grid, seeds, FIRST_SEED, ScoredOn.CONFIRM,
                curves ? POINTS : 0, threeCurves, null, expectations);
        var results = new ArrayList<CellResult>();
        Map<List<Object>, Integer> trainings = new LinkedHashMap<>();
        for (var cell : cells()) {
            var training = trainings.computeIfAbsent(trainingOf(cell), _ -> trainings.size());
            var runs = new ArrayList<Run>();
            for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
                double score = scores.of(cell, seed);
                if (!Double.isNaN(score)) {
                    runs.add(run(cell, seed, score));
                }
            }
            results.add(new CellResult(cell, Objects.requireNonNull(training), runs, List.of()));
        }
        return new ComparisonResult("sample-1", spec, results, trainings.size(), notes);
    }

    private List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (var layer : labels()) {
            for (var anchor : anchors) {
                for (int batch : batches) {
                    for (int group : normalizationBatches.isEmpty() ? List.of(batch) : normalizationBatches) {
                        conditions(layer, anchor.name(), batch, group, cells);
                    }
                }
            }
        }
        return cells;
    }

    private void conditions(String layer, String anchor, int batch, int group, List<Cell> cells) {
        for (var weight : weights) {
            for (var statistic : statistics) {
                for (var order : orders) {
                    for (var corruption : corruptions) {
                        cells.add(new Cell(layer, anchor, batch, group, weight, statistic.label(), order, corruption,
                                false));
                        if (adapt) {
                            cells.add(new Cell(layer, anchor, batch, group, weight, statistic.label(), order,
                                    corruption, true));
                        }
                    }
                }
            }
        }
    }

    private List<String> labels() {
        var labels = new ArrayList<String>();
        for (var layer : layers) {
            switch (layer) {
                case ComparedLayer.Named(var name) -> labels.add(name);
                case ComparedLayer.Graph graph -> labels.add(graph.label());
                case ComparedLayer.Random random -> {
                    for (int i = 1; i <= random.count(); i++) {
                        labels.add("random-" + i);
                    }
                }
            }
        }
        return labels;
    }

    private static List<Object> trainingOf(Cell cell) {
        return List.of(cell.layer(), cell.batch(), cell.normalizationBatch(), cell.weightStandardization(),
                cell.order());
    }

    private Run run(Cell cell, long seed, double score) {
        boolean restores = cell.anchor().contains("unet");
        boolean diverged = score < 0;
        int correct = diverged ? 0 : (int) Math.round(restores ? 0.9 * IMAGES : score * IMAGES);
        int steps = 80 * 64 / cell.batch() / (diverged ? 4 : 1);
        var three = threeCurves && !restores
                ? new ThreeCurves(score + 0.3 / cell.normalizationBatch() + 0.02,
                        score + 0.2 / cell.normalizationBatch(), score)
                : null;
        return new Run(seed, correct, IMAGES, restores && !diverged ? score : null, three,
                losses(steps, restores ? score / 60 : score),
                evaluations(steps, score, restores), size(cell), steps, 9.5);
    }

    private List<CurvePoint> losses(int steps, double score) {
        var points = new ArrayList<CurvePoint>();
        for (int i = 1; curves && i <= POINTS; i++) {
            points.add(new CurvePoint(Math.max(i, steps * i / POINTS), 2.4 - 1.4 * score * i / POINTS
                    + 0.3 / (i * i)));
        }
        return points;
    }

    private List<EvaluationPoint> evaluations(int steps, double score, boolean restores) {
        var points = new ArrayList<EvaluationPoint>();
        for (int i = 1; curves && i <= POINTS; i++) {
            int correct = (int) Math.round(IMAGES * (0.1 + (Math.max(score, 0.1) - 0.1) * Math.sqrt(1.0 * i / POINTS)));
            points.add(new EvaluationPoint(Math.max(i, steps * i / POINTS), Math.min(IMAGES, correct), IMAGES,
                    restores ? score - 6.0 / i : null));
        }
        return points;
    }

    private NetworkSize size(Cell cell) {
        long base = 8000L + 12_000L * anchors.stream().map(AnchorSpec::name).toList().indexOf(cell.anchor());
        int extra = cell.layer().length() * 32;
        return new NetworkSize(base + extra, 40 * base + 1000L * extra, 600 + extra, 20_000 + 1000L * extra);
    }
}
