package dev.normforge.chart;

import java.util.List;

/** Draws the marks of a panel. */
final class Drawing {

    private static final double CAP = 5;
    private static final double THIN = 1.6;

    private final Markup markup;
    private final Symbols symbols;
    private final Hatching hatching;
    private final Frame frame;

    Drawing(Markup markup, Symbols symbols, Hatching hatching, Frame frame) {
        this.markup = markup;
        this.symbols = symbols;
        this.hatching = hatching;
        this.frame = frame;
    }

    void draw(Mark mark) {
        switch (mark) {
            case Mark.Series series -> series(series);
            case Mark.Bars bars -> bars.bars().forEach(bar -> bar(bars, bar));
            case Mark.Cloud cloud -> cloud(cloud);
            case Mark.Level level -> symbols.line(level.style(), "M%s %sH%s".formatted(number(frame.left()),
                    number(frame.y(level.y())), number(frame.right())));
            case Mark.Upright upright -> symbols.line(upright.style(), "M%s %sV%s".formatted(
                    number(frame.x(upright.x())), number(frame.bottom()), number(frame.top())));
            case Mark.Head head -> symbols.symbol(head.style(), frame.x(head.x()), frame.top() + head.lower());
            case Mark.Flag flag -> markup.leaf("path", "d", "M%s %sV%s".formatted(number(frame.x(flag.x())),
                    number(frame.bottom()), number(frame.top())), "stroke", Ink.EDGE, "stroke-width", THIN);
        }
    }

    private void series(Mark.Series series) {
        var points = series.points();
        if (series.joined() && points.size() > 1) {
            symbols.line(series.style(), path(points, series.shift()));
        }
        points.stream().filter(Point::barred)
                .forEach(point -> errorBar(point, series.style().colour(), frame.x(point.x()) + series.shift()));
        for (int i = 0; i < points.size(); i++) {
            if (i % series.every() == 0 || i == points.size() - 1) {
                symbols.symbol(series.style(), frame.x(points.get(i).x()) + series.shift(), frame.y(points.get(i).y()));
            }
        }
    }

    private String path(List<Point> points, double shift) {
        var path = new StringBuilder();
        for (var point : points) {
            path.append(path.isEmpty() ? 'M' : 'L').append(number(frame.x(point.x()) + shift)).append(' ')
                    .append(number(frame.y(point.y())));
        }
        return path.toString();
    }

    private void errorBar(Point point, String colour, double x) {
        markup.leaf("path", "d", "M%s %sh%sM%s %sV%sM%s %sh%s".formatted(number(x - CAP), number(frame.y(point.high())),
                number(2 * CAP), number(x), number(frame.y(point.high())), number(frame.y(point.low())),
                number(x - CAP), number(frame.y(point.low())), number(2 * CAP)), "fill", "none", "stroke", colour,
                "stroke-width", THIN);
    }

    private void bar(Mark.Bars bars, Point bar) {
        double left = frame.x(bar.x() - bars.width() / 2);
        double right = frame.x(bar.x() + bars.width() / 2);
        double top = Math.min(frame.y(bar.y()), frame.bottom());
        markup.leaf("rect", "x", left, "y", top, "width", right - left, "height", frame.bottom() - top, "fill",
                hatching.fill(bars.style()), "stroke", bars.style().colour(), "stroke-width", 1.2);
        if (bar.barred()) {
            errorBar(bar, Ink.TEXT, frame.x(bar.x()));
        }
    }

    /** One path of round dots: thousands of points stay a small file. */
    private void cloud(Mark.Cloud cloud) {
        var path = new StringBuilder();
        for (var point : cloud.points()) {
            path.append('M').append(number(frame.x(point.x()))).append(' ').append(number(frame.y(point.y())))
                    .append("h0.01");
        }
        if (!path.isEmpty()) {
            markup.leaf("path", "d", path, "stroke", cloud.style().colour(), "stroke-width", 5.0, "stroke-linecap",
                    "round", "stroke-opacity", 0.8);
        }
    }

    private static String number(double value) {
        return Markup.number(value);
    }
}
