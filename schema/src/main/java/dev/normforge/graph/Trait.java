package dev.normforge.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that a layer has or has not: an operation, a moment or an index set on a node that its output depends on. Nodes
 * that nothing reads do not count.
 *
 * @param name as in formulas: {@code mul}, {@code std}, {@code whc/g}, {@code std_whc/g}
 */
public record Trait(Kind kind, String name) {

    /** What sort of trait. An aggregation is a moment over an index set. */
    public enum Kind {
        OPERATION, MOMENT, INDEX_SET, AGGREGATION
    }

    /** All that a layer can have, by kind, in the order of the codes. */
    public static List<Trait> all() {
        var all = new LinkedHashSet<Trait>();
        for (var kind : Kind.values()) {
            Primitive.all().forEach(op -> of(op).stream().filter(trait -> trait.kind == kind).forEach(all::add));
        }
        return List.copyOf(all);
    }

    /** Those of a layer, each once. */
    public static Set<Trait> of(LayerGraph graph) {
        var live = graph.live();
        var traits = new LinkedHashSet<Trait>();
        for (int index = LayerGraph.INPUTS; index <= graph.output(); index++) {
            if (live[index]) {
                traits.addAll(of(graph.node(index).op()));
            }
        }
        return traits;
    }

    private static List<Trait> of(Primitive op) {
        return switch (op) {
            case Elementwise one -> List.of(new Trait(Kind.OPERATION, one.op()));
            case Aggregation(var moment, var over) -> {
                var traits = new ArrayList<Trait>();
                traits.add(new Trait(Kind.MOMENT, moment.op()));
                traits.add(new Trait(Kind.INDEX_SET, over.over()));
                traits.add(new Trait(Kind.AGGREGATION, moment.op() + "_" + over.over()));
                yield traits;
            }
        };
    }
}
