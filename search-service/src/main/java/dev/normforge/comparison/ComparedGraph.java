package dev.normforge.comparison;

import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.SlotLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph of a comparison, random ones drawn, so that whoever likes a row of a table can take the layer home.
 *
 * @param label what tables call it
 * @param published whether it comes with the program, under that name
 */
public record ComparedGraph(String label, boolean published, Layer layer, String formula) {

    /** Those that are named, then those that are drawn; layers that are written by hand or unknown here are no graphs. */
    public static List<ComparedGraph> of(ComparisonSpec spec) {
        var graphs = new ArrayList<ComparedGraph>();
        for (var layer : spec.layers()) {
            switch (layer) {
                case ComparedLayer.Named(var name) -> NamedLayers.find(name)
                        .ifPresent(graph -> graphs.add(of(name, true, graph, spec.proxy().numerics())));
                case ComparedLayer.Graph(var label, var graph, var own) ->
                    graphs.add(of(label, false, graph, own == null ? spec.proxy().numerics() : own));
                case ComparedLayer.Random _ -> {
                    // All of them are drawn in one go below.
                }
            }
        }
        PlannedLayers.drawn(spec).forEach(planned -> {
            if (planned.layer() instanceof SlotLayer.Graph(var graph)) {
                graphs.add(of(planned.label(), false, graph, planned.numerics()));
            }
        });
        return List.copyOf(graphs);
    }

    private static ComparedGraph of(String label, boolean published, LayerGraph graph, Numerics numerics) {
        return new ComparedGraph(label, published, new Layer(graph, numerics),
                Formula.of(new Simplifier(numerics).simplify(graph)));
    }
}
