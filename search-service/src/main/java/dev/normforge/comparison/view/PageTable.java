package dev.normforge.comparison.view;

import dev.normforge.comparison.score.Best;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page of a sheet as a table: layers as rows, settings as columns.
 *
 * @param varying what tells columns apart, outermost first
 * @param rows as many cells each as there are columns
 */
record PageTable(Page page, List<Dimension> varying, List<Setting> columns, List<Row> rows) {

    record Row(String layer, List<TableCell> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    PageTable {
        varying = List.copyOf(varying);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** @param notes learn what there is to say about it */
    static PageTable of(Sheet sheet, Page page, Footnotes notes) {
        var layers = sheet.rows();
        Map<String, List<TableCell>> cells = new LinkedHashMap<>();
        layers.forEach(layer -> cells.put(layer, new ArrayList<>()));
        for (var column : sheet.settings()) {
            Map<String, Optional<Score>> scores = new LinkedHashMap<>();
            Map<String, Score> measured = new LinkedHashMap<>();
            for (var layer : layers) {
                var score = sheet.score(page, layer, column);
                scores.put(layer, score);
                score.ifPresent(found -> measured.put(layer, found));
                score.ifPresent(found -> notes.see(page, layer, column, found));
            }
            var best = Best.of(measured);
            notes.seeColumn(measured, best.isPresent());
            scores.forEach((layer, score) -> cells.getOrDefault(layer, new ArrayList<>())
                    .add(TableCell.of(score, page.unit(), best.filter(layer::equals).isPresent())));
        }
        var rows = new ArrayList<>(
                cells.entrySet().stream().map(row -> new Row(row.getKey(), row.getValue())).toList());
        if (sheet.sumsDrawn()) {
            rows.add(summary(sheet, page, sheet.drawn()));
            notes.seeSummary();
        }
        return new PageTable(page, sheet.varying(), sheet.settings(), rows);
    }

    /** Hundreds of random layers are one row: the median and the best of their means. */
    private static Row summary(Sheet sheet, Page page, List<String> drawn) {
        var cells = new ArrayList<TableCell>();
        for (var column : sheet.settings()) {
            var means = drawn.stream().flatMap(layer -> sheet.score(page, layer, column).stream())
                    .filter(Score::measured).mapToDouble(score -> score.sample().mean()).sorted().toArray();
            int middle = means.length / 2;
            cells.add(new TableCell(
                    means.length == 0
                            ? TableCell.NOTHING
                            : "%s, best %s".formatted(
                                    page.unit().text(means.length % 2 == 1
                                            ? means[middle]
                                            : (means[middle - 1] + means[middle]) / 2),
                                    page.unit().text(means[means.length - 1])),
                    false));
        }
        return new Row("%d random".formatted(drawn.size()), cells);
    }

    /** Whether any cell has several seeds, so that there are deviations. */
    boolean several() {
        return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> cell.text().contains("±"));
    }

    boolean marked() {
        return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(TableCell::best);
    }

    /** Whether a column begins another value of the outermost dimension. */
    boolean begins(int column) {
        return varying.isEmpty() || column == 0 || !columns.get(column).value(varying.getFirst())
                .equals(columns.get(column - 1).value(varying.getFirst()));
    }
}
