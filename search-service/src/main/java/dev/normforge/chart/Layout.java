package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;

/** Lays a chart out and draws it. */
final class Layout {

    private static final double MARGIN = 26;
    private static final double GAP = 34;
    private static final double TITLE = 21;
    private static final double CAPTION = 14;
    private static final double LEADING = 1.42;

    private final Chart chart;
    private final Markup body = new Markup();
    private final List<Frame> frames = new ArrayList<>();
    private final Hatching hatching;
    private final Symbols symbols;
    private final List<Surround> surrounds;
    private final double inside;
    private final double left;
    private final double width;

    Layout(Chart chart) {
        this.chart = chart;
        this.hatching = new Hatching(chart.name());
        this.symbols = new Symbols(body, hatching);
        this.inside = Math.max(chart.width(),
                chart.panels().stream().mapToDouble(Surround::leastWidth).max().orElse(0));
        this.surrounds = chart.panels().stream().map(panel -> new Surround(panel, inside)).toList();
        this.left = surrounds.stream().mapToDouble(Surround::left).max().orElse(0);
        this.width = Math.max(Legend.leastWidth(chart.legend()), columns() * (left + inside) + (columns() - 1) * GAP);
    }

    private int columns() {
        return Math.min(chart.columns(), chart.panels().size());
    }

    String svg() {
        double y = MARGIN;
        for (var line : Lettering.lines(chart.title(), TITLE * 1.12, width)) {
            y += TITLE;
            body.text("text", line, "x", MARGIN, "y", y, "font-size", TITLE, "font-weight", "bold", "fill", Ink.TEXT);
            y += 0.3 * TITLE;
        }
        var legend = new Legend(chart.legend(), width);
        y += 8;
        legend.draw(body, symbols, MARGIN, y);
        y += legend.height() + 10;
        y = panels(y);
        for (var paragraph : chart.caption()) {
            for (var line : Lettering.lines(paragraph, CAPTION, width)) {
                y += CAPTION * LEADING;
                body.text("text", line, "x", MARGIN, "y", y, "font-size", CAPTION, "fill", Ink.SOFT);
            }
        }
        return document(y + MARGIN * 0.8);
    }

    /** @return where the next thing begins */
    private double panels(double top) {
        double above = surrounds.stream().mapToDouble(Surround::top).max().orElse(0);
        double below = surrounds.stream().mapToDouble(Surround::bottom).max().orElse(0);
        double step = above + chart.height() + below + GAP / 2;
        for (int i = 0; i < chart.panels().size(); i++) {
            var panel = chart.panels().get(i);
            double x = MARGIN + left + i % columns() * (left + inside + GAP);
            double y = top + i / columns() * step + above;
            panel(i, new Frame(panel.x().scale(), panel.y().scale(), x, y, inside, chart.height()));
        }
        return top + (chart.panels().size() + columns() - 1) / columns() * step - GAP / 2 + 6;
    }

    private void panel(int i, Frame frame) {
        var drawing = new Drawing(body, symbols, hatching, frame);
        var marks = chart.panels().get(i).marks();
        surrounds.get(i).drawBehind(body, frame);
        body.open("g", "clip-path", "url(#%s-panel-%d)".formatted(chart.name(), i));
        marks.forEach(drawing::draw);
        body.close("g");
        surrounds.get(i).drawOver(body, frame);
        frames.add(frame);
    }

    private String document(double height) {
        var svg = new Markup();
        double whole = width + 2 * MARGIN;
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", whole, "height", height, "viewBox",
                "0 0 %s %s".formatted(Markup.number(whole), Markup.number(height)), "role", "img", "aria-labelledby",
                "%s-title %s-description".formatted(chart.name(), chart.name()), "font-family", Lettering.FONTS,
                "xml:lang",
                "en");
        svg.text("title", chart.title(), "id", chart.name() + "-title");
        svg.text("desc", chart.description(), "id", chart.name() + "-description");
        svg.open("defs");
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            svg.open("clipPath", "id", "%s-panel-%d".formatted(chart.name(), i));
            svg.leaf("rect", "x", frame.left() - Symbols.RADIUS, "y", frame.top() - Symbols.RADIUS, "width",
                    frame.width() + 2 * Symbols.RADIUS, "height", frame.height() + 2 * Symbols.RADIUS);
            svg.close("clipPath");
        }
        hatching.define(svg);
        svg.close("defs");
        svg.leaf("rect", "x", 0.5, "y", 0.5, "width", whole - 1, "height", height - 1, "rx", 10.0, "fill", Ink.PAPER,
                "stroke", Ink.EDGE);
        return svg + body.toString() + "</svg>\n";
    }
}
