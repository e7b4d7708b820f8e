package dev.normforge.worker.layer;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
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

    /** How an operation is drawn: uniformly over all 24, or over the 15 rows of the table and then over index sets. */
    enum Draw {
        OPERATIONS, ROWS;

        private static final int ELEMENTWISE = Elementwise.values().length;
        private static final int SETS = IndexSet.values().length;

        Primitive operation(RandomGenerator random) {
            int operations = Primitive.all().size();
            if (this == OPERATIONS) {
                return Primitive.all().get(random.nextInt(operations));
            }
            int row = random.nextInt(ELEMENTWISE + (operations - ELEMENTWISE) / SETS);
            return Primitive.all().get(row < ELEMENTWISE
                    ? row
                    : ELEMENTWISE + SETS * (row - ELEMENTWISE) + random.nextInt(SETS));
        }
    }

    static LayerGraph random(Draw draw, RandomGenerator random, int operations) {
        while (true) {
            var nodes = new ArrayList<Node>();
            for (int i = 0; i < operations; i++) {
                var op = draw.operation(random);
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
