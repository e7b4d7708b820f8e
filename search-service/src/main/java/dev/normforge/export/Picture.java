package dev.normforge.export;

import static dev.normforge.chart.Markup.number;

import dev.normforge.chart.Lettering;
import dev.normforge.chart.Markup;
import dev.normforge.export.Arrangement.Area;
import dev.normforge.export.Arrangement.Box;
import dev.normforge.export.Arrangement.Point;
import dev.normforge.export.Arrangement.Route;
import dev.normforge.export.Diagram.Kind;
import dev.normforge.graph.LayerGraph;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code layer.svg}: a genotype as SVG that needs neither style sheet nor script. Words stand on paper of their own and lines
 * are of colours in the middle, so that it reads on white and on black.
 */
final class Picture {

    private static final String INK = "#1b1f24";
    private static final String PALE_INK = "#5a626e";
    private static final String LINE = "#6f83a0";
    private static final String PALE_LINE = "#8b939f";
    private static final String PAPER = "#ffffff";
    private static final String PALE_PAPER = "#f4f5f7";
    private static final String INPUT_PAPER = "#e3f1ea";
    private static final String INPUT_LINE = "#2e7d5b";
    private static final String MOMENT_PAPER = "#fdf0d5";
    private static final String MOMENT_LINE = "#b7791f";
    private static final String OPERATION_PAPER = "#e6effa";
    private static final String OPERATION_LINE = "#3b76b8";
    private static final double STROKE = 1.8;
    private static final double THIN = 1.4;
    private static final double BEND = 7;
    private static final double HEAD = 8;
    private static final double FORK = 3.2;
    private static final String DASHES = "5 4";

    private final Markup svg = new Markup();
    private final Diagram diagram;
    private final Arrangement arrangement;

    private Picture(LayerGraph graph) {
        this.diagram = Diagram.of(graph);
        this.arrangement = Arrangement.of(diagram);
    }

    /** A whole document, the same bytes for the same layer wherever it is drawn. */
    static String svg(ModuleName name, LayerGraph graph) {
        return new Picture(graph).document(name.text());
    }

    private String document(String name) {
        double width = Math.ceil(arrangement.width());
        double height = Math.ceil(arrangement.height());
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", width, "height", height, "viewBox",
                "0 0 %s %s".formatted(number(width), number(height)), "role", "img", "aria-labelledby",
                "%s-title %s-description".formatted(name, name), "font-family", Lettering.FONTS, "xml:lang", "en");
        svg.text("title", "The graph of " + name, "id", name + "-title");
        svg.text("desc", description(), "id", name + "-description");
        for (boolean used : new boolean[]{false, true}) {
            var routes = arrangement.routes().stream().filter(route -> route.edge().used() == used).toList();
            routes.forEach(this::line);
            routes.stream().flatMap(route -> route.forks().stream()).distinct().forEach(fork -> svg.leaf("circle", "cx",
                    fork.x(), "cy", fork.y(), "r", used ? FORK : FORK - 0.8, "fill", used ? LINE : PALE_LINE));
        }
        arrangement.boxes().forEach(this::box);
        arrangement.routes().forEach(this::labels);
        return svg.close("svg").toString();
    }

    private String description() {
        var unused = diagram.shapes().stream().filter(shape -> !shape.used()).map(Diagram.Shape::id)
                .collect(Collectors.joining(", "));
        return diagram.shapes().stream().filter(shape -> shape.kind() != Kind.INPUT).map(this::sentence)
                .collect(Collectors.joining("; ", "From the bottom: ", "."))
                + (unused.isEmpty() ? "" : " The output does not depend on %s.".formatted(unused));
    }

    private String sentence(Diagram.Shape shape) {
        if (shape.kind() == Kind.INPUT) {
            return shape.label();
        }
        return "%s is %s of %s%s".formatted(shape.id(), shape.label(), diagram.edges().stream()
                .filter(edge -> edge.to().equals(shape.id()))
                .map(edge -> edge.from() + (edge.label().isEmpty() ? "" : " (%s)".formatted(edge.label())))
                .collect(Collectors.joining(" and ")), shape.output() ? ", the output" : "");
    }

    private void line(Route route) {
        boolean used = route.edge().used();
        var colour = used ? LINE : PALE_LINE;
        var points = route.points();
        var end = points.getLast();
        svg.leaf("path", "d", path(points), "fill", "none", "stroke", colour, "stroke-width", used ? STROKE : THIN,
                "stroke-dasharray", used ? "" : DASHES);
        svg.leaf("path", "d", "M%s %sl%s %sh%sz".formatted(number(end.x()), number(end.y()), number(-HEAD / 2),
                number(HEAD), number(HEAD)), "fill", colour);
    }

    /** Corners are round; the line ends under its head. */
    private static String path(List<Point> points) {
        var path = new StringBuilder("M" + place(points.getFirst()));
        for (int i = 1; i < points.size() - 1; i++) {
            var corner = points.get(i);
            path.append('L').append(place(towards(corner, points.get(i - 1)))).append('Q').append(place(corner))
                    .append(' ').append(place(towards(corner, points.get(i + 1))));
        }
        var end = points.getLast();
        return path.append('L').append(place(new Point(end.x(), end.y() + HEAD / 2))).toString();
    }

    private static Point towards(Point corner, Point next) {
        double x = next.x() - corner.x();
        double y = next.y() - corner.y();
        double share = Math.min(0.5, BEND / Math.max(1e-9, Math.abs(x) + Math.abs(y)));
        return new Point(corner.x() + share * x, corner.y() + share * y);
    }

    private static String place(Point point) {
        return number(point.x()) + " " + number(point.y());
    }

    private void box(Box box) {
        var shape = box.shape();
        var area = box.area();
        double middle = area.x() + area.width() / 2;
        double centre = area.y() + area.height() / 2;
        svg.open("g");
        svg.text("title", sentence(shape));
        if (shape.kind() == Kind.INPUT) {
            svg.leaf("circle", "cx", middle, "cy", centre, "r", area.width() / 2, "fill", paper(shape), "stroke",
                    stroke(shape), "stroke-width", STROKE, "stroke-dasharray", shape.used() ? "" : DASHES);
        } else {
            frame(shape, area, 0);
            if (shape.output()) {
                frame(shape, area, 3.5);
            }
        }
        text(shape.label(), middle, shape.output() ? centre - 3 : centre + 0.35 * Arrangement.TEXT, Arrangement.TEXT,
                shape.used() ? INK : PALE_INK);
        if (shape.output()) {
            text("output", middle, centre + 12, Arrangement.SMALL, PALE_INK);
        }
        svg.close("g");
    }

    private void frame(Diagram.Shape shape, Area area, double inset) {
        svg.leaf("rect", "x", area.x() + inset, "y", area.y() + inset, "width", area.width() - 2 * inset, "height",
                area.height() - 2 * inset, "rx", 9 - inset, "fill", paper(shape), "stroke", stroke(shape),
                "stroke-width", shape.output() ? THIN : STROKE, "stroke-dasharray", shape.used() ? "" : DASHES);
    }

    private void labels(Route route) {
        for (var area : route.labels()) {
            svg.leaf("rect", "x", area.x(), "y", area.y(), "width", area.width(), "height", area.height(), "rx", 4.0,
                    "fill", route.edge().used() ? PAPER : PALE_PAPER);
            text(route.edge().label(), area.x() + area.width() / 2, area.y() + Arrangement.SMALL, Arrangement.SMALL,
                    route.edge().used() ? INK : PALE_INK);
        }
    }

    private void text(String content, double x, double y, double size, String colour) {
        svg.text("text", content, "x", x, "y", y, "font-size", size, "text-anchor", "middle", "fill", colour);
    }

    private static String paper(Diagram.Shape shape) {
        return !shape.used() ? PALE_PAPER : switch (shape.kind()) {
            case INPUT -> INPUT_PAPER;
            case MOMENT -> MOMENT_PAPER;
            case OPERATION -> OPERATION_PAPER;
        };
    }

    private static String stroke(Diagram.Shape shape) {
        return !shape.used() ? PALE_LINE : switch (shape.kind()) {
            case INPUT -> INPUT_LINE;
            case MOMENT -> MOMENT_LINE;
            case OPERATION -> OPERATION_LINE;
        };
    }
}
