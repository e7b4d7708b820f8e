package dev.normforge.web;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Cost;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A layer put into words: its file, its formula, its terms. */
final class LayerText {

    private final Layer layer;
    private final Phenotype phenotype;

    LayerText(LayerGraph graph, Numerics numerics) {
        this.layer = new Layer(graph, numerics);
        this.phenotype = new Simplifier(numerics).simplify(graph);
    }

    String file() {
        return GraphJson.write(layer);
    }

    String formula() {
        return Formula.of(phenotype);
    }

    /** As its nodes say it. */
    String literal() {
        return Formula.of(Simplifier.literal(layer.graph()));
    }

    boolean usesBatchStatistics() {
        return phenotype.usesBatchStatistics();
    }

    Cost cost() {
        return Cost.of(phenotype);
    }

    List<CandidateView.TermView> terms() {
        var views = new ArrayList<CandidateView.TermView>();
        for (var term : phenotype.terms()) {
            int position = views.size();
            views.add(switch (term) {
                case Term.Input(var source) ->
                    view(position, source.name().toLowerCase(Locale.ROOT), List.of(), term.extent());
                case Term.Constant(double value) -> view(position, String.valueOf(value), List.of(), term.extent());
                case Term.Apply(Elementwise op, var inputs, var extent) -> view(position, op.op(), inputs, extent);
                case Term.Apply(Aggregation op, var inputs, var extent) ->
                    view(position, op.op() + " " + op.over().over(), inputs, extent);
            });
        }
        return views;
    }

    private static CandidateView.TermView view(int position, String term, List<Integer> inputs, Extent extent) {
        var axes = new ArrayList<String>();
        if (extent.batch()) {
            axes.add("batch");
        }
        switch (extent.channel()) {
            case NONE -> {
            }
            case GROUP -> axes.add("group");
            case FULL -> axes.add("channel");
        }
        if (extent.space()) {
            axes.add("space");
        }
        return new CandidateView.TermView(position, term, inputs, axes.isEmpty() ? "scalar" : String.join(", ", axes));
    }
}
