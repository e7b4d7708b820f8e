package dev.normforge.worker.training;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Node;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.SlotFactory;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.GraphLayer;
import dev.normforge.worker.layer.NaiveGraphLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How long a training step takes beside the naive way (live nodes as written, everything at full size, channels first), same
 * network, weights and batches; the two take turns, step by step, so that a busy machine slows both.
 */
public final class TrainingBench {

    /**
     * Losses that are compared, in double precision: in single precision a rectifier that rounding tips over drives any two
     * ways apart within a few steps.
     */
    private static final int COMPARED_LOSSES = 5;

    private TrainingBench() {
    }

    /**
     * One anchor with one layer.
     *
     * @param naiveMillis median of a step the naive way
     * @param millis median of a step as candidates are trained
     * @param lossDifference the largest of the first five losses, in double precision
     */
    public record Row(String anchor, String layer, double naiveMillis, double millis, double lossDifference) {
    }

    /** The layers that are measured. */
    public static Map<String, LayerGraph> layers() {
        var layers = new LinkedHashMap<String, LayerGraph>();
        for (String name : List.of("bn-relu", "evonorm-s0")) {
            layers.put(name, NamedLayers.find(name).orElseThrow());
        }
        layers.put("bench-ten", tenOperations());
        return layers;
    }

    /** u − mean_whc/g(u) with u = z·sigmoid(v1·z), z = x / max(std_bwh(x), rms_wh(x)): of every kind a little. */
    private static LayerGraph tenOperations() {
        int rms = LayerGraph.INPUTS;
        int std = rms + 1;
        int max = rms + 2;
        int z = rms + 3;
        int scaled = rms + 4;
        int gate = rms + 5;
        int u = rms + 6;
        int mean = rms + 7;
        int negated = rms + 8;
        return LayerGraph.of(Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE), LayerGraph.X),
                Node.of(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), LayerGraph.X),
                Node.of(Elementwise.MAX, std, rms), Node.of(Elementwise.DIV, LayerGraph.X, max),
                Node.of(Elementwise.MUL, LayerGraph.V1, z), Node.of(Elementwise.SIGMOID, scaled),
                Node.of(Elementwise.MUL, z, gate), Node.of(new Aggregation(Moment.MEAN, IndexSet.GROUP), u),
                Node.of(Elementwise.NEG, mean), Node.of(Elementwise.ADD, u, negated));
    }

    /**
     * @param steps of each training
     * @param seed of weights and batches
     * @param progress is told each row as soon as it is known
     */
    public static List<Row> run(Torch torch, ProxySpec proxy, Images images, int steps, long seed,
            Consumer<Row> progress) {
        var rows = new ArrayList<Row>();
        for (var anchor : proxy.anchors()) {
            for (var layer : layers().entrySet()) {
                var row = compare(torch, proxy, images, steps, seed, anchor, layer.getKey(), layer.getValue());
                progress.accept(row);
                rows.add(row);
            }
        }
        return rows;
    }

    private static Row compare(Torch torch, ProxySpec proxy, Images images, int steps, long seed, AnchorSpec anchor,
            String name, LayerGraph graph) {
        var numerics = proxy.numerics();
        var simplified = new Simplifier(numerics).simplify(graph);
        Function<Constants, SlotFactory> fast = constants -> channels -> new GraphLayer(simplified, channels, numerics,
                constants);
        Function<Constants, SlotFactory> naive = constants -> channels -> new NaiveGraphLayer(graph, channels, numerics,
                constants);
        Function<DataType, Pair> pair = type -> new Pair(
                TrainingRun.start(
                        new TrainingRun.Setup(torch, fast, anchor, proxy, images, seed, Layout.CHANNELS_LAST, type)),
                TrainingRun.start(
                        new TrainingRun.Setup(torch, naive, anchor, proxy, images, seed, Layout.CHANNELS_FIRST, type)));
        double difference = 0;
        try (var exact = pair.apply(DataType.FLOAT64)) {
            for (int step = 1; step <= COMPARED_LOSSES; step++) {
                difference = Math.max(difference, exact.advanceTo(step));
            }
        }
        try (var timed = pair.apply(DataType.FLOAT32)) {
            for (int step = 1; step <= steps; step++) {
                timed.advanceTo(step);
            }
            return new Row(anchor.name(), name, timed.naive().medianStepMillis(), timed.run().medianStepMillis(),
                    difference);
        }
    }

    /** The same training twice. */
    private record Pair(TrainingRun run, TrainingRun naive) implements AutoCloseable {

        /** @return how far apart the losses of the last step are */
        double advanceTo(int step) {
            var losses = new double[2];
            run.advanceTo(step, (done, loss) -> losses[0] = loss);
            naive.advanceTo(step, (done, loss) -> losses[1] = loss);
            return Math.abs(losses[0] - losses[1]);
        }

        @Override
        public void close() {
            run.close();
            naive.close();
        }
    }
}
