package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;

/** What stands around the inside of a panel: title, axes with their names, flags. */
final class Surround {

    static final double TICK = 15;
    private static final double NAME = 16;
    private static final double TITLE = 17;
    private static final double BOLD = 1.12;
    private static final double LINE = 1.2;
    private static final double BESIDE = 10;

    private final Panel panel;
    private final double slot;
    private final List<String> title;
    private final List<Placed> flags = new ArrayList<>();
    private int flagRows;

    private record Placed(String name, double middle, int row) {
    }

    /** @param width of the inside of the panel */
    Surround(Panel panel, double width) {
        this.panel = panel;
        this.slot = panel.x().scale() instanceof Scale.Slots slots ? width / slots.names().size() : width;
        this.title = panel.title().isEmpty()
                ? List.of()
                : Lettering.pieces(panel.title(), TITLE * BOLD, left() + width);
        placeFlags(width);
    }

    /** Names stand inside the panel's width, and in rows above each other where they would touch. */
    private void placeFlags(double width) {
        var ends = new ArrayList<Double>();
        var names = panel.marks().stream().filter(Mark.Flag.class::isInstance).map(Mark.Flag.class::cast)
                .sorted((one, other) -> Double.compare(one.x(), other.x())).toList();
        for (var flag : names) {
            double half = Lettering.width(flag.name(), TICK) / 2 + BESIDE / 2;
            double middle = Math.max(half, Math.min(width - half, width * panel.x().scale().place(flag.x())));
            int row = 0;
            while (row < ends.size() && ends.get(row) > middle - half) {
                row++;
            }
            if (row == ends.size()) {
                ends.add(middle + half);
            } else {
                ends.set(row, middle + half);
            }
            flags.add(new Placed(flag.name(), middle, row));
        }
        flagRows = ends.size();
    }

    /** The least width at which names of slots have their room. */
    static double leastWidth(Panel panel) {
        return panel.x().scale() instanceof Scale.Slots slots
                ? slots.names().size() * (BESIDE + slots.names().stream()
                        .flatMap(name -> Lettering.pieces(name, TICK, 1).stream())
                        .mapToDouble(line -> Lettering.width(line, TICK)).max().orElse(0))
                : 0;
    }

    double left() {
        return BESIDE + panel.y().scale().ticks().stream().mapToDouble(tick -> Lettering.width(tick.label(), TICK))
                .max().orElse(0);
    }

    double top() {
        return titleHeight() + NAME + 14 + (flagRows == 0 ? 0 : 4) + flagRows * (TICK + 4);
    }

    private double titleHeight() {
        return title.isEmpty() ? 0 : title.size() * (TITLE + 5) + 6;
    }

    double bottom() {
        int lines = panel.x().scale().ticks().stream().mapToInt(tick -> lines(tick).size()).max().orElse(1);
        return BESIDE + lines * (TICK + 2) + (panel.x().title().isEmpty() ? 0 : NAME + 12);
    }

    private List<String> lines(Tick tick) {
        return panel.x().scale() instanceof Scale.Slots
                ? Lettering.pieces(tick.label(), TICK, slot - BESIDE / 2)
                : List.of(tick.label());
    }

    void drawBehind(Markup markup, Frame frame) {
        for (var tick : panel.y().scale().ticks()) {
            markup.leaf("path", "d", "M%s %sH%s".formatted(Markup.number(frame.left()),
                    Markup.number(frame.y(tick.at())), Markup.number(frame.right())), "stroke", Ink.GRID,
                    "stroke-width", LINE);
            text(markup, tick.label(), frame.left() - BESIDE + 2, frame.y(tick.at()) + 0.35 * TICK, TICK, "end",
                    Ink.SOFT);
        }
    }

    void drawOver(Markup markup, Frame frame) {
        markup.leaf("path", "d", "M%s %sH%s".formatted(Markup.number(frame.left()), Markup.number(frame.bottom()),
                Markup.number(frame.right())), "stroke", Ink.AXIS, "stroke-width", LINE);
        double top = frame.top() - top();
        for (int i = 0; i < title.size(); i++) {
            markup.text("text", title.get(i), "x", frame.left() - left(), "y", top + TITLE + i * (TITLE + 5),
                    "font-size", TITLE, "font-weight", "bold", "fill", Ink.TEXT);
        }
        top += titleHeight();
        text(markup, panel.y().title(), frame.left() - left(), top + NAME, NAME, "start", Ink.SOFT);
        flags.forEach(placed -> text(markup, placed.name, frame.left() + placed.middle,
                frame.top() - BESIDE - placed.row * (TICK + 4), TICK, "middle", Ink.TEXT));
        drawTicks(markup, frame);
        if (!panel.x().title().isEmpty()) {
            text(markup, panel.x().title(), frame.left() + frame.width() / 2, frame.bottom() + bottom() - 8, NAME,
                    "middle", Ink.SOFT);
        }
    }

    /** A label that would touch the one before is left out; its tick stays. */
    private void drawTicks(Markup markup, Frame frame) {
        double end = Double.NEGATIVE_INFINITY;
        boolean slots = panel.x().scale() instanceof Scale.Slots;
        for (var tick : panel.x().scale().ticks()) {
            double x = frame.x(tick.at());
            if (!slots) {
                markup.leaf("path", "d", "M%s %sv5".formatted(Markup.number(x), Markup.number(frame.bottom())),
                        "stroke",
                        Ink.AXIS, "stroke-width", LINE);
            }
            var lines = lines(tick);
            double half = lines.stream().mapToDouble(line -> Lettering.width(line, TICK)).max().orElse(0) / 2;
            if (x - half > end + 3) {
                for (int i = 0; i < lines.size(); i++) {
                    text(markup, lines.get(i), x, frame.bottom() + BESIDE + TICK * 0.8 + i * (TICK + 2), TICK, "middle",
                            Ink.SOFT);
                }
                end = x + half;
            }
        }
    }

    private static void text(Markup markup, String content, double x, double y, double size, String anchor,
            String colour) {
        markup.text("text", content, "x", x, "y", y, "font-size", size, "text-anchor", anchor, "fill", colour);
    }
}
