package dev.normforge.cli;

import dev.normforge.protocol.NativeLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code show} says of a native layer, which has no graph and no phenotype.
 *
 * @param layer its name
 * @param source where it was published
 * @param statistics where its statistics over the batch come from
 * @param parameters what it trains
 */
record NativeDescription(String layer, String kind, String formula, String source, String statistics,
        List<NativeLayer.Parameter> parameters) {

    static NativeDescription of(NativeLayer layer) {
        return new NativeDescription(layer.label(), "native", layer.formula(), layer.source(), layer.statisticsText(),
                layer.parameters());
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("layer       " + layer + ", written by hand: no graph");
        lines.add("formula     " + formula);
        lines.add("source      " + source);
        lines.add("statistics  " + statistics);
        var label = "parameters  ";
        for (var parameter : parameters) {
            lines.add(label + parameter.text());
            label = " ".repeat(label.length());
        }
        return String.join(System.lineSeparator(), lines);
    }
}
