package dev.normforge.comparison.view;

import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables in Markdown. */
final class MarkdownTable {

    private static final int MOST_COLUMNS = 8;
    private static final String SPECIAL = "\\`*_[]<>|~&$";
    /** What would begin a heading, a list or a quotation. */
    private static final Pattern BLOCK = Pattern.compile("^([#+=>-]+|\\d+[.)])(?=\\s|$)");

    private MarkdownTable() {
    }

    /** Blocks of at most {@value #MOST_COLUMNS} columns. */
    static List<String> page(PageTable table) {
        var lines = new ArrayList<String>();
        lines.add("%s%s%s%s".formatted(capital(table.page().unit().title()),
                table.several() ? ", mean ± standard deviation over seeds" : "",
                table.marked() ? ", **best beyond noise**" : "", columns(table.varying())));
        lines.add("");
        for (var block : Blocks.of(table.columns().size(), _ -> 1, table::begins, MOST_COLUMNS)) {
            var heads = block.stream().map(i -> escaped(head(table.columns().get(i)))).toList();
            lines.addAll(of("layer", heads, table.rows().stream().map(row -> Stream.concat(
                    Stream.of(escaped(row.layer())),
                    block.stream().map(i -> text(row.cells().get(i)))).toList()).toList()));
            lines.add("");
        }
        return lines;
    }

    /** @param rows escaped cells, the first of each heads its row */
    static List<String> of(String corner, List<String> heads, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add("| %s | %s |".formatted(corner, String.join(" | ", heads)));
        lines.add("|---|" + "---|".repeat(heads.size()));
        rows.forEach(row -> lines.add("| %s |".formatted(String.join(" | ", row))));
        return lines;
    }

    private static String columns(List<Dimension> varying) {
        return varying.isEmpty()
                ? "."
                : ". Columns: %s.".formatted(varying.stream().map(Dimension::title).collect(Collectors.joining(" · ")));
    }

    private static String head(Setting setting) {
        return setting.values().isEmpty() ? "score" : String.join(" · ", setting.values().values());
    }

    private static String text(TableCell cell) {
        var text = escaped(cell.text());
        return cell.best() ? "**%s**".formatted(text) : text;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Text that Markdown shows as it is, on one line. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        for (char letter : text.strip().toCharArray()) {
            if (letter < ' ') {
                escaped.append(' ');
            } else {
                escaped.append(SPECIAL.indexOf(letter) >= 0 ? "\\" : "").append(letter);
            }
        }
        return BLOCK.matcher(escaped).replaceFirst("\\\\$1");
    }
}
