package dev.normforge.comparison.score;

import dev.normforge.comparison.Cell;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Run;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comparison laid out: layers as rows, settings as columns, anchors as pages. Values stand in the order in which the grid
 * has them.
 */
public final class Sheet {

    private static final int MOST_RANDOM_ROWS = 10;
    /** What the grid calls {@link ComparedLayer.Random}'s layers. */
    private static final Pattern RANDOM = Pattern.compile("random-[0-9]+");

    private final ComparisonResult result;
    private final List<String> layers;
    private final List<Page> pages;
    private final Map<Dimension, List<String>> values = new EnumMap<>(Dimension.class);
    private final List<Dimension> varying;
    private final List<Setting> settings;
    private final Map<Place, CellResult> cells = new LinkedHashMap<>();
    private final Set<Cell> repeats;

    private record Place(String layer, String anchor, Setting setting) {
    }

    public Sheet(ComparisonResult result) {
        this.result = result;
        this.layers = distinct(Cell::layer);
        this.pages = pages(result, distinct(Cell::anchor));
        for (var dimension : Dimension.values()) {
            values.put(dimension, distinct(dimension::value));
        }
        boolean wholeBatches = wholeBatches();
        this.varying = Stream.of(Dimension.values())
                .filter(dimension -> values(dimension).size() > 1)
                .filter(dimension -> dimension != Dimension.NORMALIZATION_BATCH || !wholeBatches).toList();
        this.settings = result.cells().stream().map(cell -> setting(cell.cell())).distinct().sorted(order()).toList();
        result.cells().forEach(cell -> cells
                .put(new Place(cell.cell().layer(), cell.cell().anchor(), setting(cell.cell())), cell));
        this.repeats = repeats();
    }

    private List<String> distinct(Function<Cell, String> part) {
        return result.cells().stream().map(CellResult::cell).map(part).distinct().toList();
    }

    private static List<Page> pages(ComparisonResult result, List<String> anchors) {
        var classifying = anchors.stream().filter(anchor -> Scoring.unit(result, anchor) == Unit.ACCURACY).toList();
        var pages = new ArrayList<Page>();
        if (classifying.size() > 1) {
            pages.add(Page.mean(classifying));
        }
        anchors.forEach(anchor -> pages.add(Page.of(anchor, Scoring.unit(result, anchor))));
        return List.copyOf(pages);
    }

    private Comparator<Setting> order() {
        return varying.stream()
                .map(dimension -> Comparator
                        .<Setting>comparingInt(setting -> values(dimension).indexOf(setting.value(dimension))))
                .reduce(Comparator::thenComparing).orElse((_, _) -> 0);
    }

    /** By training and counts, in the order of columns: what was shown before is not to pass for another measurement. */
    private Set<Cell> repeats() {
        record Same(int training, String anchor, List<List<Object>> counts) {
        }
        var seen = new LinkedHashSet<Same>();
        var repeats = new LinkedHashSet<Cell>();
        var inOrder = result.cells().stream().sorted(Comparator.comparing(cell -> setting(cell.cell()), order()))
                .toList();
        for (var cell : inOrder) {
            var counts = cell.runs().stream()
                    .map(run -> List.<Object>of(run.seed(), run.correct(), run.total(), String.valueOf(run.psnr())))
                    .toList();
            if (!counts.isEmpty() && !seen.add(new Same(cell.training(), cell.cell().anchor(), counts))) {
                repeats.add(cell.cell());
            }
        }
        return repeats;
    }

    public ComparisonResult result() {
        return result;
    }

    /** Layers that were chosen, in the order of the grid. */
    public List<String> chosen() {
        return layers.stream().filter(layer -> !random(layer)).toList();
    }

    /** Layers that were drawn at random, in the order of the grid. */
    public List<String> drawn() {
        return layers.stream().filter(this::random).toList();
    }

    /** Layers that have a row of their own in tables, in the order of the grid: of many random ones none has. */
    public List<String> rows() {
        return sumsDrawn() ? chosen() : Stream.concat(chosen().stream(), drawn().stream()).toList();
    }

    /** Whether random layers are so many that tables sum them up. */
    public boolean sumsDrawn() {
        return drawn().size() > MOST_RANDOM_ROWS;
    }

    private boolean random(String layer) {
        var ordered = result.spec().layers();
        return RANDOM.matcher(layer).matches()
                && ordered.stream().anyMatch(ComparedLayer.Random.class::isInstance)
                && ordered.stream().noneMatch(one -> one instanceof ComparedLayer.Graph graph
                        && graph.label().equals(layer));
    }

    /** The mean over classifying anchors first, where there are several. */
    public List<Page> pages() {
        return pages;
    }

    /** The conditions that have several values, outermost first. A normalization batch that is always the batch has none of its own. */
    public List<Dimension> varying() {
        return varying;
    }

    public boolean varies(Dimension dimension) {
        return varying.contains(dimension);
    }

    /** All its values in this grid. */
    public List<String> values(Dimension dimension) {
        return values.getOrDefault(dimension, List.of());
    }

    /** Whether every layer sees whole batches everywhere. */
    public boolean wholeBatches() {
        return result.cells().stream().map(CellResult::cell)
                .allMatch(cell -> cell.normalizationBatch() == cell.batch());
    }

    /** Every combination that occurs, outermost dimension first. */
    public List<Setting> settings() {
        return settings;
    }

    /** The setting that stands for all where one must: the batch nearest to the proxy's own, and of the rest the first. */
    public Setting reference() {
        return settings.stream().min(Comparator.comparingDouble(this::distance)).orElseGet(() -> new Setting(Map.of()));
    }

    private double distance(Setting setting) {
        double own = result.spec().proxy().training().batch();
        return varies(Dimension.BATCH)
                ? Math.abs(StrictMath.log(Double.parseDouble(setting.value(Dimension.BATCH)) / own))
                : 0;
    }

    /** Where a cell stands. */
    public Setting setting(Cell cell) {
        var itsValues = new EnumMap<Dimension, String>(Dimension.class);
        varying.forEach(dimension -> itsValues.put(dimension, dimension.value(cell)));
        return new Setting(itsValues);
    }

    public Optional<CellResult> cell(String layer, String anchor, Setting setting) {
        return Optional.ofNullable(cells.get(new Place(layer, anchor, setting)));
    }

    /** Empty where the grid has no such cell for one of the page's anchors. */
    public Optional<Score> score(Page page, String layer, Setting setting) {
        var parts = page.anchors().stream().flatMap(anchor -> cell(layer, anchor, setting).stream()).toList();
        if (parts.size() < page.anchors().size()) {
            return Optional.empty();
        }
        var early = new LinkedHashSet<Long>();
        var scored = Scoring.means(parts, run -> Scoring.of(run, page.unit()));
        for (var part : parts) {
            part.runs().stream().filter(run -> diverged(part.cell(), run)).map(Run::seed).forEach(early::add);
        }
        int unscored = (int) early.stream().filter(seed -> !scored.containsKey(seed)).count();
        var failures = parts.stream().flatMap(part -> part.failures().stream())
                .map(CellResult.Failed::words).distinct().toList();
        return Optional.of(new Score(scored, result.spec().seeds(), early.size(), unscored, failures,
                parts.stream().allMatch(part -> repeats.contains(part.cell()))));
    }

    /** Whether a run ended before its share of steps: all batches see equally many images. */
    public boolean diverged(Cell cell, Run run) {
        var training = result.spec().proxy().training();
        return run.steps() < Math.floorDiv((long) training.steps() * training.batch(), cell.batch());
    }
}
