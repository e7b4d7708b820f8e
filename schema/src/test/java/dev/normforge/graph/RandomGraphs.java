package dev.normforge.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random genotypes, drawn as the paper does: any operation, any earlier node. */
final class RandomGraphs {

    private RandomGraphs() {
    }

    static LayerGraph draw(RandomGenerator random, int operations) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < operations; i++) {
            var op = Primitive.all().get(random.nextInt(Primitive.all().size()));
            int earlier = LayerGraph.INPUTS + i;
            nodes.add(op.arity() == 1
                    ? Node.of(op, random.nextInt(earlier))
                    : Node.of(op, random.nextInt(earlier), random.nextInt(earlier)));
        }
        return new LayerGraph(nodes);
    }

    /** As {@link #draw}, with at least {@code least} live operations that read x. */
    static LayerGraph drawLive(RandomGenerator random, int operations, int least) {
        while (true) {
            var graph = draw(random, operations);
            var literal = Simplifier.literal(graph);
            if (literal.uses(Term.Source.X) && Cost.of(literal).operations() >= least) {
                return graph;
            }
        }
    }

    /** The same function with its nodes in another order and the inputs of commutative operations swapped at random. */
    static LayerGraph shuffled(LayerGraph graph, RandomGenerator random) {
        var live = graph.live();
        int[] place = new int[live.length];
        for (int i = 0; i < LayerGraph.INPUTS; i++) {
            place[i] = i;
        }
        var waiting = new ArrayList<Integer>();
        for (int i = LayerGraph.INPUTS; i < live.length; i++) {
            if (live[i]) {
                waiting.add(i);
            }
        }
        var nodes = new ArrayList<Node>();
        var placed = new boolean[live.length];
        while (!waiting.isEmpty()) {
            var ready = waiting.stream()
                    .filter(i -> graph.node(i).inputs().stream().allMatch(k -> k < LayerGraph.INPUTS || placed[k]))
                    .toList();
            int next = ready.get(random.nextInt(ready.size()));
            waiting.remove((Integer) next);
            place[next] = LayerGraph.INPUTS + nodes.size();
            placed[next] = true;
            var inputs = new ArrayList<>(graph.node(next).inputs().stream().map(k -> place[k]).toList());
            if (graph.node(next).op() instanceof Elementwise op && op.commutative() && random.nextBoolean()) {
                Collections.reverse(inputs);
            }
            nodes.add(new Node(graph.node(next).op(), List.copyOf(inputs)));
        }
        return new LayerGraph(nodes);
    }
}
