package dev.normforge.chart;

/**
 * The inside of a panel on the sheet.
 *
 * @param left in pixels, as the others
 */
record Frame(Scale xScale, Scale yScale, double left, double top, double width, double height) {

    double x(double value) {
        return left + width * xScale.place(value);
    }

    double y(double value) {
        return top + height * (1 - yScale.place(value));
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }
}
