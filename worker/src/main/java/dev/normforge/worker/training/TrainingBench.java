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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How long a training step takes beside the naive way (live nodes as written, everything at full size, channels first), same
 * network, weights and batches; the two take turns, step by step, so that a busy machine slows both. And whether both learn
 * the same.
 */
public final class TrainingBench {

    /**
     * How far apart the first losses of the two may be, in double precision. In single precision the difference is shown, not
     * judged: where rounding tips a rectifier over, any two orders of summation part.
     */
    public static final double LOSS_TOLERANCE = 1e-3;
    private static final int COMPARED_LOSSES = 5;
    /** How many standard errors the mean accuracies of the two may differ by. */
    private static final double NOISE = 3;

    private TrainingBench() {
    }

    /**
     * One anchor with one layer.
     *
     * @param parameters numbers that are trained
     * @param naiveMillis median of a step the naive way; of several seeds the median
     * @param millis median of a step as candidates are trained
     * @param lossDifference the largest of the first five losses, in double precision
     * @param singleLossDifference the same in single precision, the largest of all seeds
     * @param naiveAccuracies after the last step the naive way, one for each seed
     * @param accuracies after the last step as candidates are trained
     */
    public record Row(String anchor, String layer, int parameters, double naiveMillis, double millis,
            double lossDifference, double singleLossDifference, List<Double> naiveAccuracies, List<Double> accuracies) {

        public Row {
            naiveAccuracies = List.copyOf(naiveAccuracies);
            accuracies = List.copyOf(accuracies);
        }

        public double meanNaiveAccuracy() {
            return mean(naiveAccuracies);
        }

        public double meanAccuracy() {
            return mean(accuracies);
        }
    }

    /** What shows that the two ways do not compute the same, in words; empty when all is well. */
    public static List<String> faults(List<Row> rows) {
        var faults = new ArrayList<String>();
        double allowed = NOISE * standardError(rows);
        for (var row : rows) {
            if (!(row.lossDifference() <= LOSS_TOLERANCE)) {
                faults.add("%s with %s: first losses differ by %.1e, expected at most %.0e".formatted(row.anchor(),
                        row.layer(), row.lossDifference(), LOSS_TOLERANCE));
            }
            double apart = Math.abs(row.meanAccuracy() - row.meanNaiveAccuracy());
            if (apart > allowed) {
                faults.add("%s with %s: final accuracies differ by %.3f, expected at most %.3f".formatted(row.anchor(),
                        row.layer(), apart, allowed));
            }
        }
        return faults;
    }

    /**
     * Of the difference of two means over the seeds, from the spread between seeds pooled over all rows and both ways: three
     * seeds of one row would say little. NaN for one seed, which nothing exceeds.
     */
    public static double standardError(List<Row> rows) {
        double squares = 0;
        int free = 0;
        int seeds = 0;
        for (var row : rows) {
            for (var accuracies : List.of(row.naiveAccuracies(), row.accuracies())) {
                double mean = mean(accuracies);
                squares += accuracies.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
                free += accuracies.size() - 1;
                seeds = accuracies.size();
            }
        }
        return Math.sqrt(squares / free * 2 / seeds);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
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
     * @param anchors to measure, some of the proxy's
     * @param layers to measure, some of {@link #layers}
     * @param scored images whose right answers are counted after the last step
     * @param steps of each training
     * @param seeds of weights and batches
     * @param progress is told each row as soon as it is known
     */
    public static List<Row> run(Torch torch, ProxySpec proxy, List<AnchorSpec> anchors, Map<String, LayerGraph> layers,
            Images images, Images.Range scored, int steps, long[] seeds, Consumer<Row> progress) {
        var rows = new ArrayList<Row>();
        for (var anchor : anchors) {
            layers.forEach((name, graph) -> {
                var row = compare(new Contest(torch, proxy, anchor, graph, images), name, scored, steps, seeds);
                progress.accept(row);
                rows.add(row);
            });
        }
        return rows;
    }

    private static Row compare(Contest contest, String name, Images.Range scored, int steps, long[] seeds) {
        double difference = 0;
        try (var exact = contest.start(DataType.FLOAT64, seeds[0])) {
            for (int step = 1; step <= COMPARED_LOSSES; step++) {
                difference = Math.max(difference, exact.advanceTo(step));
            }
        }
        int parameters = 0;
        double single = 0;
        var naiveMillis = new double[seeds.length];
        var millis = new double[seeds.length];
        var naiveAccuracies = new ArrayList<Double>();
        var accuracies = new ArrayList<Double>();
        for (int i = 0; i < seeds.length; i++) {
            try (var pair = contest.start(DataType.FLOAT32, seeds[i])) {
                for (int step = 1; step <= steps; step++) {
                    double apart = pair.advanceTo(step);
                    single = step <= COMPARED_LOSSES ? Math.max(single, apart) : single;
                }
                parameters = pair.run().parameters();
                naiveMillis[i] = pair.naive().medianStepMillis();
                millis[i] = pair.run().medianStepMillis();
                naiveAccuracies.add(pair.naive().evaluate(scored).accuracy());
                accuracies.add(pair.run().evaluate(scored).accuracy());
            }
        }
        return new Row(contest.anchor().name(), name, parameters, median(naiveMillis), median(millis), difference,
                single,
                naiveAccuracies, accuracies);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    /** What is trained in two ways. */
    private record Contest(Torch torch, ProxySpec proxy, AnchorSpec anchor, LayerGraph graph, Images images) {

        Pair start(DataType type, long seed) {
            var numerics = proxy.numerics();
            var simplified = new Simplifier(numerics).simplify(graph);
            return new Pair(
                    start(constants -> channels -> new GraphLayer(simplified, channels, numerics, constants),
                            Layout.CHANNELS_LAST, type, seed),
                    start(constants -> channels -> new NaiveGraphLayer(graph, channels, numerics, constants),
                            Layout.CHANNELS_FIRST, type, seed));
        }

        private TrainingRun start(Function<Constants, SlotFactory> slots, Layout layout, DataType type, long seed) {
            return TrainingRun.start(new Setup(torch, slots, anchor, proxy, images, seed, layout, type, null));
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
