package dev.normforge.worker.training;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Whether the proxy tells normalization from none and from nonsense: accuracies, mean over anchors, of four layers. */
public final class SeparationBench {

    private SeparationBench() {
    }

    /**
     * One layer.
     *
     * @param accuracies mean over anchors, one for each seed
     */
    public record Row(String layer, List<Double> accuracies) {

        public Row {
            accuracies = List.copyOf(accuracies);
        }

        public double mean() {
            return accuracies.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        /** Standard deviation of a run. */
        public double deviation() {
            double mean = mean();
            double squares = accuracies.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
            return accuracies.size() < 2 ? Double.NaN : Math.sqrt(squares / (accuracies.size() - 1));
        }
    }

    /** Named layers, and {@code constant}, tanh(v0): what a layer is worth that never looks at its input. */
    public static Map<String, LayerGraph> layers() {
        var layers = new LinkedHashMap<String, LayerGraph>();
        for (String name : List.of("bn-relu", "evonorm-s0", "affine-relu")) {
            layers.put(name, NamedLayers.find(name).orElseThrow());
        }
        layers.put("constant", LayerGraph.of(Node.of(Elementwise.TANH, LayerGraph.V0)));
        return layers;
    }

    /**
     * Trains every layer on every anchor with every seed, all rejections off.
     *
     * @param scored images that are counted
     * @param progress is told each row as soon as it is known
     */
    public static List<Row> run(Torch torch, ProxySpec proxy, Images images, Images.Range scored, long[] seeds,
            Consumer<Row> progress) {
        var rows = new ArrayList<Row>();
        layers().forEach((name, graph) -> {
            var layer = new Simplifier(proxy.numerics()).simplify(graph);
            var accuracies = Arrays.stream(seeds).mapToObj(seed -> proxy.anchors().stream().mapToDouble(anchor -> {
                try (var run = TrainingRun.start(torch, layer, anchor, proxy, images, seed)) {
                    run.advanceTo(proxy.training().steps(), StepListener.NONE);
                    return run.evaluate(scored).accuracy();
                }
            }).average().orElseThrow()).toList();
            var row = new Row(name, accuracies);
            progress.accept(row);
            rows.add(row);
        });
        return rows;
    }

    /** Whether normalization is above none, and none above a constant. */
    public static boolean separates(List<Row> rows) {
        var means = new LinkedHashMap<String, Double>();
        rows.forEach(row -> means.put(row.layer(), row.mean()));
        double none = means.getOrDefault("affine-relu", Double.NaN);
        return means.getOrDefault("bn-relu", Double.NaN) > none && means.getOrDefault("evonorm-s0", Double.NaN) > none
                && none > means.getOrDefault("constant", Double.NaN);
    }
}
