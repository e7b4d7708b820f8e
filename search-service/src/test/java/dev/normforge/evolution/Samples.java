package dev.normforge.evolution;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.protocol.SearchSpec.Space;
import dev.normforge.protocol.SearchSpec.Strategy;
import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Spaces, strategies and windows for tests. */
final class Samples {

    private Samples() {
    }

    static Space space(Space.Draw draw) {
        return new Space(10, draw, false, null, null);
    }

    static Strategy strategy(double share, Criterion criterion, double fresh, SeenBefore seenBefore) {
        return new Strategy(64, share, criterion, fresh, 4, seenBefore, 1, 1, 3);
    }

    /** Ten times -x: every mutation that changes anything shows where. */
    static LayerGraph negations() {
        return new LayerGraph(Collections.nCopies(10, Node.of(Elementwise.NEG, LayerGraph.X)));
    }

    /** Members with births 100, 101, … and these accuracies. */
    static Window window(List<List<Double>> accuracies) {
        var members = new ArrayList<>(IntStream.range(0, accuracies.size())
                .mapToObj(i -> new Member(100 + i, negations(), accuracies.get(i))).toList());
        return new Window(64, members, accuracies.size());
    }
}
