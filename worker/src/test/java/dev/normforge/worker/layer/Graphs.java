package dev.normforge.worker.layer;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Primitive;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

/** Random graphs that read x. */
final class Graphs {

    private Graphs() {
    }

    static LayerGraph random(RandomGenerator random, int operations) {
        while (true) {
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < operations; i++) {
                var op = Primitive.all().get(random.nextInt(Primitive.all().size()));
                int earlier = LayerGraph.INPUTS + i;
                // Recent nodes more often, so that graphs are deep enough to be of interest.
                int first = recent(random, earlier);
                nodes.add(op.arity() == 1 ? Node.of(op, first) : Node.of(op, first, random.nextInt(earlier)));
            }
            var graph = new LayerGraph(nodes);
            if (Simplifier.literal(graph).uses(Term.Source.X)) {
                return graph;
            }
        }
    }

    private static int recent(RandomGenerator random, int earlier) {
        return random.nextBoolean() ? earlier - 1 : random.nextInt(earlier);
    }
}
