package dev.normforge.chart;

import java.util.List;

/**
 * Panels in rows, with a title, a legend and a caption.
 *
 * @param name short and unique on a page: identifiers inside begin with it
 * @param title what is seen
 * @param description the same for those who do not see it, with the numbers
 * @param columns panels side by side
 * @param width of the inside of a panel in pixels, at least; names on its x axis may need more
 * @param height likewise
 * @param caption where the numbers come from and what error bars are, a paragraph each
 */
public record Chart(String name, String title, String description, List<Entry> legend, List<Panel> panels, int columns,
        double width, double height, List<String> caption) {

    public Chart {
        legend = List.copyOf(legend);
        panels = List.copyOf(panels);
        caption = List.copyOf(caption);
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("name is %s, expected a-z, 0-9 and -".formatted(name));
        }
        if (panels.isEmpty() || columns < 1) {
            throw new IllegalArgumentException(
                    "panels is %d in %d columns, expected at least one".formatted(panels.size(), columns));
        }
    }

    /** The whole document. The same chart is the same text, byte for byte. */
    public String svg() {
        return new Layout(this).svg();
    }
}
