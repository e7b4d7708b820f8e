package dev.normforge.comparison.view;

import dev.normforge.comparison.ComparedGraph;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.plot.Plot;
import dev.normforge.comparison.score.Circumstances;
import dev.normforge.comparison.score.Finding;
import dev.normforge.comparison.score.Sheet;
import java.util.ArrayList;
import java.util.List;

/** A comparison as a page of Markdown: what was done, published findings beside measured ones, tables, charts. */
final class ComparisonMarkdown {

    /** Beside the page; one folder for all charts. */
    static final String PLOTS = "plots/";

    private final List<String> lines = new ArrayList<>();

    private ComparisonMarkdown() {
    }

    /** @param plots that stand in {@value #PLOTS} beside the page */
    static String of(ComparisonResult result, List<Plot> plots) {
        var page = new ComparisonMarkdown();
        var sheet = new Sheet(result);
        page.head(sheet);
        page.findings(Finding.of(result));
        page.tables(sheet);
        page.plots(plots);
        page.files();
        return String.join("\n", page.lines) + "\n";
    }

    private void head(Sheet sheet) {
        var result = sheet.result();
        var facts = new Circumstances(sheet);
        lines.add("# Comparison " + MarkdownTable.escaped(result.name()));
        lines.add("");
        item("Comparison: " + result.spec().name());
        item("Images: " + facts.images());
        item("Training: " + facts.training());
        item("Seeds: " + facts.seeds());
        if (!result.cells().isEmpty()) {
            item("Everywhere: " + facts.constants());
            item(facts.imageNoise());
        }
        if (!facts.progress().isEmpty()) {
            item(facts.progress());
        }
        result.notes().forEach(note -> item("Note: " + note));
    }

    private void item(String text) {
        lines.add("- " + MarkdownTable.escaped(text));
    }

    private void heading(String title) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        heading("Published and measured");
        lines.add(
                "A finding is a weighted sum of scores that is above 0 if it holds; it is taken for every seed. As published: "
                        + "the 95 % interval of its mean (Student's t over seeds) lies above 0; opposite: below; within noise: it holds "
                        + "0.%s".formatted(findings.size() > 1
                                ? " The intervals are not corrected for looking at %d findings."
                                        .formatted(findings.size())
                                : ""));
        lines.add("");
        lines.addAll(MarkdownTable.of("published", List.of("measured", "verdict"), findings.stream()
                .map(finding -> List.of(MarkdownTable.escaped(finding.published()),
                        MarkdownTable.escaped(finding.measuredInWords()), finding.verdict().words()))
                .toList()));
    }

    private void tables(Sheet sheet) {
        if (sheet.pages().isEmpty()) {
            return;
        }
        heading("Scores");
        var notes = new Footnotes();
        for (var page : sheet.pages()) {
            lines.add("### " + MarkdownTable.escaped(page.title()));
            lines.add("");
            lines.addAll(MarkdownTable.page(PageTable.of(sheet, page, notes)));
        }
        notes.sentences().forEach(this::item);
        formulas(sheet);
        heading("Size");
        lines.addAll(Sizes.of(sheet).markdown());
    }

    /** Of those that are told apart; a crowd of random layers stands in a file. */
    private void formulas(Sheet sheet) {
        var graphs = ComparedGraph.of(sheet.result().spec());
        var shown = graphs.stream().filter(graph -> sheet.rows().contains(graph.label())).toList();
        if (shown.isEmpty()) {
            return;
        }
        heading("Formulas");
        lines.addAll(MarkdownTable.of("layer", List.of("before · weight + bias"), shown.stream()
                .map(graph -> List.of(MarkdownTable.escaped(graph.label()), "`" + graph.formula() + "`")).toList()));
        if (shown.size() < graphs.size()) {
            lines.add("");
            lines.add("%d random layers more: [layers.csv](layers.csv).".formatted(graphs.size() - shown.size()));
        }
    }

    private void plots(List<Plot> plots) {
        if (plots.isEmpty()) {
            return;
        }
        heading("Charts");
        plots.forEach(plot -> {
            lines.add("![%s](%s%s.svg)".formatted(MarkdownTable.escaped(plot.title()), PLOTS, plot.name()));
            lines.add("");
        });
        lines.removeLast();
    }

    private void files() {
        heading("Files");
        lines.add("- `cells.csv`: every cell with every seed; `curves.csv`: losses and scores in training");
        lines.add(
                "- `layers.csv`: formulas; `layers/`: graphs that do not come with the program, as `show`, `evaluate` and `compare` read them");
        lines.add("- `comparison.json`: all of it; `spec.json`: what was ordered");
    }
}
