package dev.normforge.comparison.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.chart.Svg;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.comparison.plot.Plots;
import dev.normforge.csv.Csv;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesBreakOutTest {

    private static final String NASTY = "=cmd|' /C calc'!A0 </text><script>alert(1)</script>";

    private static final SampleComparison SAMPLE = SampleComparison.of("bn-relu", NASTY).anchors("resnet")
            .batches(2, 32).withCurves().note("a | b\n# not a heading <b>");

    @Test
    void markdownShowsMarkupAsText() {
        var page = ComparisonMarkdown.of(SAMPLE.scoring((_, _) -> 0.4), List.of());
        assertThat(page).contains(
                "| =cmd\\|' /C calc'!A0 \\</text\\>\\<script\\>alert(1)\\</script\\> | 40.0 ± 0.0 | 40.0 ± 0.0 |",
                "- Note: a \\| b # not a heading \\<b\\>").doesNotContain("<script>").doesNotContain("\n# not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# heading", "- item", "+ item", "1. item", "2) item", "> quotation", "=== line", "---"})
    void whatWouldBeginABlockIsEscaped(String text) {
        assertThat(MarkdownTable.escaped(text)).startsWith("\\").hasSizeGreaterThan(text.length());
        assertThat(MarkdownTable.escaped("bn-relu 0.5")).isEqualTo("bn-relu 0.5");
    }

    @Test
    void chartsStayXmlWithoutScripts() {
        var plots = Plots.of(SAMPLE.scoring((_, _) -> 0.4));
        assertThat(plots.size()).isGreaterThan(2);
        for (var plot : plots) {
            var svg = Svg.of(plot.svg());
            assertThat(svg.elements("script")).isEmpty();
            assertThat(svg.texts()).anyMatch(text -> text.text().equals(NASTY));
        }
    }

    @Test
    void aSpreadsheetSeesNoFormula() {
        var csv = CsvFiles.cells(SAMPLE.scoring((_, _) -> 0.4));
        assertThat(csv).contains(",'=cmd|' /C calc'!A0 </text>").doesNotContain(",=cmd");
    }

    @Test
    void fieldsAreQuotedByRfc4180() {
        assertThat(new Csv().row("a,b", "say \"so\"", "two\r\nlines", null, 1.5, -2, true, Double.NaN, "-x", "+1", "@y",
                "\tz").toString())
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"two\r\nlines\",,1.5,-2,true,,'-x,'+1,'@y,'\tz\r\n");
    }
}
