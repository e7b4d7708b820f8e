package dev.normforge.comparison.view;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.score.Circumstances;
import dev.normforge.comparison.score.Finding;
import dev.normforge.comparison.score.Sheet;
import java.util.ArrayList;
import java.util.List;

/** A comparison for the end of a command: what was done, tables, and one sentence for each published finding. */
public final class ComparisonText {

    private ComparisonText() {
    }

    public static List<String> lines(ComparisonResult result) {
        var sheet = new Sheet(result);
        var lines = new ArrayList<String>(head(sheet));
        var notes = new Footnotes();
        for (var page : sheet.pages()) {
            lines.add("");
            lines.addAll(TextTable.page(PageTable.of(sheet, page, notes)));
        }
        notes.sentences().forEach(note -> lines.add("  " + note));
        if (!result.cells().isEmpty()) {
            lines.add("");
            lines.addAll(Sizes.of(sheet).text());
        }
        var sentences = sentences(result);
        if (!sentences.isEmpty()) {
            lines.add("");
            lines.addAll(sentences);
        }
        return lines.stream().map(ComparisonText::plain).toList();
    }

    private static List<String> head(Sheet sheet) {
        var result = sheet.result();
        var facts = new Circumstances(sheet);
        var lines = new ArrayList<String>();
        lines.add("comparison %s (%s)".formatted(result.name(), result.spec().name()));
        lines.add("  " + facts.images());
        lines.add("  " + facts.training());
        lines.add("  " + facts.seeds());
        if (!result.cells().isEmpty()) {
            lines.add("  " + facts.constants());
            lines.add("  " + facts.imageNoise());
        }
        if (!facts.progress().isEmpty()) {
            lines.add("  " + facts.progress());
        }
        result.notes().forEach(note -> lines.add("  note: " + note));
        return lines;
    }

    /** For each published finding whether it holds here; what was not measured says so. */
    public static List<String> sentences(ComparisonResult result) {
        var findings = Finding.of(result);
        var lines = new ArrayList<String>();
        findings.forEach(finding -> lines.add("%s: %s: %s".formatted(finding.verdict().words(), finding.published(),
                finding.measuredInWords())));
        if (findings.size() > 1) {
            lines.add("(intervals are not corrected for looking at %d findings)".formatted(findings.size()));
        }
        return lines;
    }

    /** What this program says, in letters that every terminal has; what others say, on one line. */
    private static String plain(String line) {
        return line.replace("±", "+-").replace('×', 'x').replace('–', '-').replaceAll("\\p{Cntrl}+", " ");
    }
}
