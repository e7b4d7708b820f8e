package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import java.util.List;

/**
 * A scored layer in the window.
 *
 * @param birth which proposal it was
 * @param accuracies per anchor, in the proxy's order
 */
public record Member(int birth, LayerGraph graph, List<Double> accuracies) {
    public Member {
        accuracies = List.copyOf(accuracies);
    }

    public double mean() {
        return accuracies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
