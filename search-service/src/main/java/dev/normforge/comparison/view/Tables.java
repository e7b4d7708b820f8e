package dev.normforge.comparison.view;

import dev.normforge.comparison.ComparedGraph;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.score.Circumstances;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Finding;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison's result as pages of programs show it: the same words, numbers and marks as its page in Markdown.
 *
 * @param facts what holds for all of it: images, training, seeds, noise
 * @param notes what a reader must know: cuts, failures
 * @param findings what is published beside what was measured
 * @param transfer a sentence for each found layer, where it asks whether finds transfer
 * @param tables a table for each anchor, the mean over classifying ones first
 * @param footnotes the test, what marks mean, and every gap
 * @param sizes parameters and FLOPs
 * @param layers graphs that have a row, then those of a crowd of random ones up to {@value #MOST_LAYERS}
 * @param graphs how many graphs there are
 */
public record Tables(List<String> facts, List<String> notes, List<FindingRow> findings, List<String> transfer,
        List<Table> tables, List<String> footnotes, SizeTable sizes, List<LayerRow> layers, int graphs) {

    private static final int MOST_LAYERS = 100;

    public Tables {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
        transfer = List.copyOf(transfer);
        tables = List.copyOf(tables);
        footnotes = List.copyOf(footnotes);
        layers = List.copyOf(layers);
    }

    /** @param measured in words: mean, 95 % interval and seeds, or why there is nothing to say */
    public record FindingRow(String published, String measured, String verdict) {
    }

    /**
     * Layers as rows, settings as columns.
     *
     * @param title its anchor, or over how many it averages
     * @param unit {@code %} or {@code dB}
     * @param columns the settings, each in words; one that is empty where nothing varies
     */
    public record Table(String title, String unit, List<String> columns, List<Row> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    public record Row(String layer, List<Entry> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * One layer under one setting, in the table's unit.
     *
     * @param text mean, ± the standard deviation over seeds, and marks
     * @param best whether a test tells it from every other layer of its column
     * @param low of the mean's 95 % interval by Student's t over seeds; null where they do not tell
     * @param seeds that there is a number of
     */
    public record Entry(String text, boolean best, @Nullable Double mean, @Nullable Double low, @Nullable Double high,
            int seeds) {
    }

    /** @param rows a layer, then parameters and FLOPs of each anchor */
    public record SizeTable(List<String> anchors, List<List<String>> rows) {
        public SizeTable {
            anchors = List.copyOf(anchors);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** @param published whether it comes with the program, under that name */
    public record LayerRow(String label, boolean published, String formula) {
    }

    public static Tables of(ComparisonResult result) {
        var sheet = new Sheet(result);
        var notes = new Footnotes();
        var tables = sheet.pages().stream().map(page -> table(sheet, page, notes)).toList();
        var findings = Finding.of(result).stream().map(
                finding -> new FindingRow(finding.published(), finding.measuredInWords(), finding.verdict().words()))
                .toList();
        var sizes = Sizes.of(sheet);
        var graphs = ComparedGraph.of(result.spec());
        return new Tables(facts(sheet), result.notes(), findings, Transfer.sentences(result), tables,
                result.cells().isEmpty() ? List.of() : notes.sentences(), new SizeTable(sizes.anchors(), sizes.rows()),
                layers(sheet, graphs), graphs.size());
    }

    private static List<String> facts(Sheet sheet) {
        var facts = new Circumstances(sheet);
        var all = new ArrayList<>(List.of(facts.images(), facts.training(), facts.seeds()));
        if (!sheet.result().cells().isEmpty()) {
            all.addAll(List.of(facts.constants(), facts.imageNoise()));
        }
        all.add(facts.progress());
        all.removeIf(String::isEmpty);
        return all;
    }

    private static Table table(Sheet sheet, Page page, Footnotes notes) {
        var shown = PageTable.of(sheet, page, notes);
        var rows = shown.rows().stream().map(row -> new Row(row.layer(), IntStream.range(0, row.cells().size())
                .mapToObj(i -> entry(row.cells().get(i), sheet, page, row.layer(), shown.columns().get(i))).toList()))
                .toList();
        return new Table(page.title(), page.unit().symbol(), shown.columns().stream().map(Setting::words).toList(),
                rows);
    }

    private static Entry entry(TableCell cell, Sheet sheet, Page page, String layer, Setting column) {
        var score = sheet.score(page, layer, column).filter(Score::measured);
        if (score.isEmpty()) {
            return new Entry(cell.text(), cell.best(), null, null, null, 0);
        }
        var sample = score.get().sample();
        var unit = page.unit();
        double half = sample.half95();
        return new Entry(cell.text(), cell.best(), unit.shown(sample.mean()),
                sample.spreads() ? unit.shown(sample.mean() - half) : null,
                sample.spreads() ? unit.shown(sample.mean() + half) : null, sample.size());
    }

    private static List<LayerRow> layers(Sheet sheet, List<ComparedGraph> graphs) {
        var rows = sheet.rows();
        return Stream
                .concat(graphs.stream().filter(graph -> rows.contains(graph.label())),
                        graphs.stream().filter(graph -> !rows.contains(graph.label())))
                .limit(MOST_LAYERS).map(graph -> new LayerRow(graph.label(), graph.published(), graph.formula()))
                .toList();
    }

    /**
     * A comparison in two lines.
     *
     * @param layers how many
     * @param conditions what varies, each with its values, anchors first
     * @param best the cell with the highest mean; null before anything is measured
     * @param untold why nothing can be said; null where something can
     */
    public record Glance(int layers, List<String> conditions, @Nullable BestCell best, @Nullable String untold) {
        public Glance {
            conditions = List.copyOf(conditions);
        }

        public static Glance untold(String why) {
            return new Glance(0, List.of(), null, why);
        }
    }

    /**
     * The highest mean of the first table.
     *
     * @param setting in words; empty where nothing varies
     * @param beyondNoise whether a test tells it from every other layer of its column
     */
    public record BestCell(String layer, String table, String setting, double mean, String text, String unit,
            boolean beyondNoise) {
    }

    public static Glance glance(ComparisonResult result) {
        var sheet = new Sheet(result);
        var anchors = result.cells().stream().map(cell -> cell.cell().anchor()).distinct().toList();
        var conditions = Stream.concat(anchors.isEmpty() ? Stream.of() : Stream.of(anchors(anchors)),
                sheet.varying().stream().map(dimension -> varied(sheet, dimension))).toList();
        return new Glance(sheet.chosen().size() + sheet.drawn().size(), conditions,
                sheet.pages().isEmpty() ? null : best(table(sheet, sheet.pages().getFirst(), new Footnotes())), null);
    }

    private static String anchors(List<String> anchors) {
        return anchors.size() > 4 ? anchors.size() + " anchors" : String.join(", ", anchors);
    }

    private static String varied(Sheet sheet, Dimension dimension) {
        return "%s %s".formatted(dimension.title(), String.join(", ", sheet.values(dimension)));
    }

    private static @Nullable BestCell best(Table table) {
        BestCell best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (var row : table.rows()) {
            for (int i = 0; i < row.cells().size(); i++) {
                var cell = row.cells().get(i);
                if (cell.mean() != null && cell.mean() > highest) {
                    highest = cell.mean();
                    best = new BestCell(row.layer(), table.title(), table.columns().get(i), highest, cell.text(),
                            table.unit(),
                            cell.best());
                }
            }
        }
        return best;
    }
}
