package dev.normforge.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Cost;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Formula;
import dev.normforge.graph.GraphJson;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code show} says of a layer.
 *
 * @param layer the name or file that was given
 * @param phenotype its terms in the order of computation; the last is the output
 * @param indexSets those that a live aggregation runs over
 * @param batchStatistics whether one runs over the batch
 * @param unusedNodes nodes of the genotype that the output does not depend on
 * @param hash of phenotype and numerics: equal for equal layers
 * @param graph the layer file
 */
record LayerDescription(String layer, String formula, int groups, double epsilon, List<TermLine> phenotype,
        List<String> indexSets, boolean batchStatistics, List<String> unusedNodes, Costs cost, String hash,
        @JsonRawValue String graph) {

    /** What it costs as it is written, and simplified. */
    record Costs(Cost asWritten, Cost simplified) {
    }

    /**
     * A term.
     *
     * @param term {@code t1}, {@code t2}, …
     * @param op an operation's name, an input's, or a constant's value
     * @param over an aggregation's index set
     * @param in the terms it reads
     * @param extent over which axes it varies
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TermLine(String term, String op, @Nullable String over, List<String> in,
            @JsonIgnoreProperties("full") Extent extent) {

        private static TermLine of(int position, Term term) {
            var name = name(position);
            return switch (term) {
                case Term.Input(var source) ->
                    new TermLine(name, source.name().toLowerCase(Locale.ROOT), null, List.of(), term.extent());
                case Term.Constant(double value) ->
                    new TermLine(name, Double.toString(value), null, List.of(), term.extent());
                case Term.Apply(Aggregation aggregation, var inputs, var extent) ->
                    new TermLine(name, aggregation.op(), aggregation.over().over(), names(inputs), extent);
                case Term.Apply(Elementwise elementwise, var inputs, var extent) ->
                    new TermLine(name, elementwise.op(), null, names(inputs), extent);
            };
        }

        private static List<String> names(List<Integer> positions) {
            return positions.stream().map(TermLine::name).toList();
        }

        private static String name(int position) {
            return "t" + (position + 1);
        }

        private String text() {
            var reads = in.isEmpty() ? "" : "(" + String.join(", ", in) + ")";
            return "  %-5s%-32s%s".formatted(term, op + reads + (over == null ? "" : " over " + over), shape());
        }

        private String shape() {
            var channels = switch (extent.channel()) {
                case FULL -> "C";
                case GROUP -> "G";
                case NONE -> "1";
            };
            return "%s %s %s".formatted(extent.batch() ? "N" : "1", channels, extent.space() ? "H W" : "1 1");
        }
    }

    static LayerDescription of(LayerArgument given) {
        var layer = given.layer();
        var graph = layer.graph();
        var numerics = layer.numerics();
        var phenotype = new Simplifier(numerics).simplify(graph);
        var terms = phenotype.terms();
        var lines = IntStream.range(0, terms.size()).mapToObj(i -> TermLine.of(i, terms.get(i))).toList();
        return new LayerDescription(given.name(), Formula.of(phenotype), numerics.groups(), numerics.epsilon(), lines,
                indexSets(phenotype), phenotype.usesBatchStatistics(), unused(graph),
                new Costs(Cost.of(Simplifier.literal(graph)), Cost.of(phenotype)),
                PhenotypeHash.of(phenotype, numerics).hex(), GraphJson.write(layer));
    }

    private static List<String> indexSets(Phenotype phenotype) {
        var sets = new ArrayList<String>();
        for (var term : phenotype.terms()) {
            if (term instanceof Term.Apply(Aggregation(var _, var over), var _, var _) && !sets.contains(over.over())) {
                sets.add(over.over());
            }
        }
        return List.copyOf(sets);
    }

    private static List<String> unused(LayerGraph graph) {
        var live = graph.live();
        return IntStream.rangeClosed(LayerGraph.INPUTS, graph.output()).filter(i -> !live[i])
                .mapToObj(i -> "n" + (i - LayerGraph.INPUTS + 1)).toList();
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("layer       " + layer);
        lines.add("formula     " + formula);
        lines.add("groups      %d, epsilon %s".formatted(groups, epsilon));
        lines.add("index sets  " + (indexSets.isEmpty() ? "none" : String.join(", ", indexSets))
                + (batchStatistics ? " (uses statistics of the batch)" : ""));
        if (!unusedNodes.isEmpty()) {
            lines.add("unused      " + String.join(", ", unusedNodes));
        }
        lines.add("hash        " + hash);
        lines.add("");
        lines.add("phenotype, each term with the shape it varies over (G: groups of channels)");
        phenotype.forEach(term -> lines.add(term.text()));
        lines.add("");
        lines.add("cost, with the trailing scale and shift");
        lines.add("  %-12s%11s%15s%24s".formatted("", "operations", "tensor passes", "parameters per channel"));
        lines.add(cost("as written", cost.asWritten()));
        lines.add(cost("simplified", cost.simplified()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String cost(String label, Cost cost) {
        return "  %-12s%11d%15d%24d".formatted(label, cost.operations(), cost.tensorPasses(),
                cost.parametersPerChannel());
    }
}
