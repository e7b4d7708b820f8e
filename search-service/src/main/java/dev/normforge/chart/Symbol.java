package dev.normforge.chart;

import java.util.Locale;

/** Shapes of points, told apart without colour. */
enum Symbol {
    CIRCLE(1.0), SQUARE(0.9), TRIANGLE(1.15), DIAMOND(1.2), FALLING_TRIANGLE(1.15), CROSS(0.95), STAR(1.35), PLUS(1.1);

    private static final int SPIKES = 5;
    private static final double INNER = 0.45;

    private final double size;

    Symbol(double size) {
        this.size = size;
    }

    /** Whether it is drawn as strokes and has no inside. */
    boolean open() {
        return this == CROSS || this == PLUS;
    }

    /** Data of an SVG path around a place, about as large as a circle of this radius. */
    String path(double x, double y, double radius) {
        double r = radius * size;
        return switch (this) {
            case CIRCLE -> text("M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 %s 0z", x - r, y, r, r, 2 * r, r, r, -2 * r);
            case SQUARE -> text("M%s %sh%sv%sh%sz", x - r, y - r, 2 * r, 2 * r, -2 * r);
            case TRIANGLE -> text("M%s %sL%s %sL%s %sz", x, y - r, x + r, y + 0.8 * r, x - r, y + 0.8 * r);
            case FALLING_TRIANGLE -> text("M%s %sL%s %sL%s %sz", x, y + r, x + r, y - 0.8 * r, x - r, y - 0.8 * r);
            case DIAMOND -> text("M%s %sL%s %sL%s %sL%s %sz", x, y - r, x + r, y, x, y + r, x - r, y);
            case CROSS -> text("M%s %sL%s %sM%s %sL%s %s", x - r, y - r, x + r, y + r, x - r, y + r, x + r, y - r);
            case PLUS -> text("M%s %sL%s %sM%s %sL%s %s", x - r, y, x + r, y, x, y - r, x, y + r);
            case STAR -> star(x, y, r);
        };
    }

    private static String star(double x, double y, double r) {
        var path = new StringBuilder();
        for (int i = 0; i < 2 * SPIKES; i++) {
            double angle = Math.PI * i / SPIKES;
            double reach = i % 2 == 0 ? r : INNER * r;
            path.append(i == 0 ? 'M' : 'L').append(Markup.number(x + reach * StrictMath.sin(angle))).append(' ')
                    .append(Markup.number(y - reach * StrictMath.cos(angle)));
        }
        return path.append('z').toString();
    }

    private static String text(String format, Object... numbers) {
        var texts = new Object[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            texts[i] = Markup.number((Double) numbers[i]);
        }
        return String.format(Locale.ROOT, format, texts);
    }
}
