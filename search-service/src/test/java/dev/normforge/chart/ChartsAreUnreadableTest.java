package dev.normforge.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsAreUnreadableTest {

    private static final double TEXT = 4.5;
    private static final double LINES = 3;

    private static double contrast(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double luminance = 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255)
                + 0.0722 * linear(rgb & 255);
        return 1.05 / (luminance + 0.05);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    /** WCAG 2.2, 1.4.3 and 1.4.11. */
    @Test
    void coloursKeepTheContrastOfLevelAa() {
        assertThat(Ink.PAPER).isEqualTo("#ffffff");
        assertThat(List.of(Ink.TEXT, Ink.SOFT)).allSatisfy(ink -> assertThat(contrast(ink)).isGreaterThan(TEXT));
        var lines = new ArrayList<>(Ink.SERIES);
        lines.addAll(List.of(Ink.AXIS, Ink.CROWD));
        assertThat(lines).allSatisfy(ink -> assertThat(contrast(ink)).isGreaterThan(LINES));
    }

    @Test
    void sixteenSeriesAreToldApartWithoutColour() {
        var looks = new HashSet<List<Object>>();
        IntStream.range(0, 16).mapToObj(Style::of).forEach(style -> looks.add(List.of(style.symbol(), style.hollow())));
        assertThat(looks).hasSize(16);
        assertThat(IntStream.range(0, 8).mapToObj(Style::of).map(Style::hatch)).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 7).mapToObj(Style::of).map(Style::dash)).doesNotHaveDuplicates();
    }

    private static Chart chart(String name) {
        var style = Style.of(0);
        var panel = new Panel(name, new Axis(name, new Scale.Slots(List.of(name, "other"))),
                new Axis(name, Scale.linear(List.of(1.0, 2.0), 0, 10)),
                List.of(new Mark.Series(style, List.of(new Point(0, 1, 0.5, 1.5), Point.of(1, 2)), true, 1, 0),
                        new Mark.Bars(style.hatched(), List.of(Point.of(0, 1)), 0.5),
                        new Mark.Cloud(Style.plain(), List.of(Point.of(1, 1))), new Mark.Level(Style.reference(), 1),
                        new Mark.Upright(style, 0.5), new Mark.Head(style, 0.5, 0), new Mark.Flag(name, 1)));
        return new Chart("chart", name, name, List.of(new Entry(name, style, Entry.Kind.LINE)), List.of(panel), 1, 500,
                300, List.of(name));
    }

    @Test
    void markupInNamesStaysText() {
        var nasty = "</text><script>alert('x')</script>&amp;\"\u0000\u001b\n]]>";
        var svg = Svg.of(chart(nasty).svg());
        assertThat(svg.elements("script")).isEmpty();
        assertThat(svg.elements("title").getFirst().getTextContent())
                .isEqualTo("</text><script>alert('x')</script>&amp;\"\ufffd\ufffd ]]>");
        assertThat(svg.elements("desc").getFirst().getTextContent()).contains("<script>");
    }

    @Test
    void nothingRunsAndNothingIsFetched() {
        var text = chart("plain").svg();
        assertThat(text.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "href", "<script", "<image",
                "@import", "<foreignObject", "onload");
    }

    @Test
    void whoDoesNotSeeItIsToldWhatItShows() {
        var root = Svg.of(chart("plain").svg()).document().getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("aria-labelledby")).isEqualTo("chart-title chart-description");
    }

    @Test
    void theSameChartIsTheSameText() {
        assertThat(chart("plain").svg()).isEqualTo(chart("plain").svg());
    }

    @Test
    void numbersAreShortAndNeverMinusZero() {
        assertThat(List.of(Markup.number(-0.001), Markup.number(1.004), Markup.number(100), Markup.number(2.5)))
                .containsExactly("0", "1", "100", "2.5");
    }

    @Test
    void aChartWithoutPanelsIsRefused() {
        assertThatThrownBy(() -> new Chart("x", "", "", List.of(), List.of(), 1, 1, 1, List.of()))
                .hasMessage("panels is 0 in 1 columns, expected at least one");
        assertThatThrownBy(() -> new Chart("a b", "", "", List.of(), chart("x").panels(), 1, 1, 1, List.of()))
                .hasMessage("name is a b, expected a-z, 0-9 and -");
    }
}
