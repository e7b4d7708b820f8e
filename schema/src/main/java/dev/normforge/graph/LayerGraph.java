package dev.normforge.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The genotype (EvoNorms, section on the search space): four inputs, then operations that each read earlier nodes; the
 * last is the output; unused ones stay, so that mutating them is neutral. After the graph always ·gamma + beta per channel.
 *
 * @param nodes 1 to {@value #MAX_NODES} operations; node k has index {@code INPUTS + k}
 */
public record LayerGraph(List<Node> nodes) {

    /** Index of the input tensor, shape (N, C, H, W). */
    public static final int X = 0;
    /** Index of the constant zero. */
    public static final int ZERO = 1;
    /** Index of the trainable per-channel vector that starts at 0. */
    public static final int V0 = 2;
    /** Index of the trainable per-channel vector that starts at 1. */
    public static final int V1 = 3;
    /** How many inputs precede the operations. */
    public static final int INPUTS = 4;
    /** The most operations a graph may have. */
    public static final int MAX_NODES = 64;

    private static final int PACKED_NODE = 3;
    private static final int ABSENT = 0xff;

    public LayerGraph {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.size() > MAX_NODES) {
            throw new IllegalArgumentException(
                    "a layer has 1 to %d nodes, not %d".formatted(MAX_NODES, nodes.size()));
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (int input : nodes.get(i).inputs()) {
                if (input < 0 || input >= INPUTS + i) {
                    throw new IllegalArgumentException(
                            "node n%d reads index %d, expected 0 to %d".formatted(i + 1, input, INPUTS + i - 1));
                }
            }
        }
    }

    public static LayerGraph of(Node... nodes) {
        return new LayerGraph(List.of(nodes));
    }

    /** The operation at a node index, {@code INPUTS} to {@code output()}. */
    public Node node(int index) {
        return nodes.get(index - INPUTS);
    }

    /** The index of the last node, which is the output. */
    public int output() {
        return INPUTS + nodes.size() - 1;
    }

    /** The same graph with another operation at {@code index}; its successors stay. */
    public LayerGraph with(int index, Node replacement) {
        var changed = new ArrayList<>(nodes);
        changed.set(index - INPUTS, replacement);
        return new LayerGraph(changed);
    }

    /** For each index from 0 to {@code output()}: does the output depend on it? */
    public boolean[] live() {
        var live = new boolean[INPUTS + nodes.size()];
        live[output()] = true;
        for (int i = output(); i >= INPUTS; i--) {
            if (live[i]) {
                node(i).inputs().forEach(input -> live[input] = true);
            }
        }
        return live;
    }

    /** Three bytes a node (code, first input, second input or 255): what the database stores. */
    public byte[] packed() {
        var bytes = new byte[PACKED_NODE * nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            bytes[PACKED_NODE * i] = (byte) node.op().code();
            bytes[PACKED_NODE * i + 1] = node.inputs().getFirst().byteValue();
            bytes[PACKED_NODE * i + 2] = node.inputs().size() > 1 ? node.inputs().get(1).byteValue() : (byte) ABSENT;
        }
        return bytes;
    }

    /** The inverse of {@link #packed()}. */
    public static LayerGraph unpacked(byte[] bytes) {
        if (bytes.length % PACKED_NODE != 0) {
            throw new IllegalArgumentException("a packed layer has 3 bytes a node, not " + bytes.length + " bytes");
        }
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < bytes.length; i += PACKED_NODE) {
            var op = Primitive.all().get(bytes[i]);
            nodes.add(op.arity() == 1
                    ? Node.of(op, (int) bytes[i + 1])
                    : Node.of(op, (int) bytes[i + 1], (int) bytes[i + 2]));
        }
        return new LayerGraph(nodes);
    }
}
