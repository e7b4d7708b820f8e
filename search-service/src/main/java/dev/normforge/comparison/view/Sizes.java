package dev.normforge.comparison.view;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.protocol.Measured.NetworkSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Parameters and FLOPs of every network with each layer, counted exactly.
 *
 * @param anchors names, two columns each
 * @param rows layer, then parameters and FLOPs for each anchor
 */
record Sizes(List<String> anchors, List<List<String>> rows) {

    /** What is counted twice for each anchor. */
    private enum Count {
        PARAMETERS("parameters", NetworkSize::parameters, NetworkSize::layerParameters),
        FLOPS("FLOPs",
                NetworkSize::flops, NetworkSize::layerFlops);

        private final String title;
        private final ToLongFunction<NetworkSize> all;
        private final ToLongFunction<NetworkSize> layers;

        Count(String title, ToLongFunction<NetworkSize> all, ToLongFunction<NetworkSize> layers) {
            this.title = title;
            this.all = all;
            this.layers = layers;
        }

        /** What the network has and, in brackets, of this its layers; two ends where it differs between conditions. */
        private String text(List<NetworkSize> sizes) {
            return sizes.isEmpty()
                    ? TableCell.NOTHING
                    : "%s (%s)".formatted(text(sizes, all), text(sizes, layers));
        }

        private static String text(List<NetworkSize> sizes, ToLongFunction<NetworkSize> part) {
            var values = sizes.stream().mapToLong(part).summaryStatistics();
            return values.getMin() == values.getMax()
                    ? String.format(Locale.ROOT, "%,d", values.getMin())
                    : String.format(Locale.ROOT, "%,d to %,d", values.getMin(), values.getMax());
        }
    }

    static Sizes of(Sheet sheet) {
        var anchors = sheet.result().cells().stream().map(cell -> cell.cell().anchor()).distinct().toList();
        var rows = new ArrayList<List<String>>();
        for (var layer : sheet.rows()) {
            var row = new ArrayList<>(List.of(layer));
            for (var anchor : anchors) {
                var sizes = sheet.result().cells().stream()
                        .filter(cell -> cell.cell().layer().equals(layer) && cell.cell().anchor().equals(anchor))
                        .map(CellResult::runs).flatMap(List::stream).map(Run::size).distinct().toList();
                Arrays.stream(Count.values()).forEach(count -> row.add(count.text(sizes)));
            }
            rows.add(row);
        }
        return new Sizes(anchors, rows);
    }

    List<String> text() {
        var counts = anchors.stream().flatMap(_ -> Arrays.stream(Count.values())).map(count -> count.title).toList();
        var names = anchors.stream().flatMap(anchor -> Arrays.stream(Count.values()).map(_ -> anchor)).toList();
        var lines = new ArrayList<String>();
        lines.add("size: parameters, and FLOPs of one image's forward pass; in brackets, of these, the layers'");
        lines.addAll(new TextTable(List.of(new TextTable.Line("", names), new TextTable.Line("", counts)),
                rows.stream().map(row -> new TextTable.Line(row.getFirst(), row.subList(1, row.size()))).toList())
                .lines());
        return lines;
    }

    List<String> markdown() {
        var heads = anchors.stream().flatMap(anchor -> Arrays.stream(Count.values())
                .map(count -> MarkdownTable.escaped(anchor + " " + count.title))).toList();
        var lines = new ArrayList<String>();
        lines.add(
                "Parameters of the network, and FLOPs of its forward pass on one image (a multiplication and an addition "
                        + "are two). In brackets, of these, those of the layers, their affine included.");
        lines.add("");
        lines.addAll(MarkdownTable.of("layer", heads,
                rows.stream().map(row -> row.stream().map(MarkdownTable::escaped).toList()).toList()));
        return lines;
    }
}
