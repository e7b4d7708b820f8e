package dev.normforge.graph;

import java.util.List;

/**
 * One operation of a genotype.
 *
 * @param op what it computes
 * @param inputs indices of the nodes it reads: 0 to 3 are x, zero, v0, v1; 4 is n1, 5 is n2 and so on
 */
public record Node(Primitive op, List<Integer> inputs) {

    public Node {
        inputs = List.copyOf(inputs);
        if (inputs.size() != op.arity()) {
            throw new IllegalArgumentException(
                    "%s takes %d inputs, not %d".formatted(op.op(), op.arity(), inputs.size()));
        }
    }

    public static Node of(Primitive op, Integer... inputs) {
        return new Node(op, List.of(inputs));
    }
}
