package dev.normforge.comparison.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A table for terminals: ASCII, cut into blocks of at most {@value #WIDTH} characters.
 *
 * @param heads lines above it, outermost first; a value stands once over neighbouring columns that share it and all above
 * @param rows name and cells; all rows and heads have equally many columns
 */
record TextTable(List<Line> heads, List<Line> rows) {

    private static final int WIDTH = 116;
    private static final String GAP = "  ";
    private static final String BEST = "*";

    /** What stands at its left, and in its columns. */
    record Line(String name, List<String> cells) {
        Line {
            cells = List.copyOf(cells);
        }
    }

    TextTable {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /** One page, with what stands above it. */
    static List<String> page(PageTable table) {
        var lines = new ArrayList<String>();
        lines.add("%s: %s%s%s".formatted(table.page().title(), table.page().unit().title(),
                table.several() ? ", mean +- standard deviation over seeds" : "",
                table.marked() ? ", %s best".formatted(BEST) : ""));
        var heads = table.varying().stream().map(dimension -> new Line(dimension.title(),
                table.columns().stream().map(column -> " " + column.value(dimension)).toList())).toList();
        var rows = table.rows().stream().map(row -> new Line(row.layer(), row.cells().stream()
                .map(cell -> (cell.best() ? BEST : " ") + cell.ascii()).toList())).toList();
        lines.addAll(new TextTable(heads, rows).lines());
        return lines;
    }

    /** Blocks with an empty line between them. */
    List<String> lines() {
        int columns = heads.isEmpty()
                ? rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0)
                : heads.getFirst().cells().size();
        int first = first();
        var lines = new ArrayList<String>();
        for (var block : Blocks.of(columns, this::width, this::begins, WIDTH - first)) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            for (int i = 0; i < heads.size(); i++) {
                int head = i;
                lines.add(line(heads.get(i).name(), block, first,
                        column -> repeats(head, column, block.getFirst()) ? "" : heads.get(head).cells().get(column)));
            }
            rows.forEach(row -> lines.add(line(row.name(), block, first, column -> row.cells().get(column))));
        }
        return lines;
    }

    private String line(String name, List<Integer> block, int first, IntFunction<String> cell) {
        var line = new StringBuilder(padded(GAP + name, first));
        block.forEach(column -> line.append(padded(cell.apply(column), width(column))));
        return line.toString().stripTrailing();
    }

    private boolean repeats(int head, int column, int begin) {
        return column > begin && heads.subList(0, head + 1).stream()
                .allMatch(line -> line.cells().get(column).equals(line.cells().get(column - 1)));
    }

    /** Whether a column begins another value of the outermost head. */
    private boolean begins(int column) {
        return heads.isEmpty() || !repeats(0, column, 0);
    }

    private int first() {
        return 2 * GAP.length() + Stream.concat(heads.stream(), rows.stream())
                .mapToInt(line -> line.name().length()).max().orElse(0);
    }

    private int width(int column) {
        return GAP.length() + Stream.concat(heads.stream(), rows.stream())
                .mapToInt(line -> line.cells().get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
