package dev.normforge.export;

import static dev.normforge.graph.Elementwise.ADD;
import static dev.normforge.graph.Elementwise.DIV;
import static dev.normforge.graph.Elementwise.MUL;
import static dev.normforge.graph.Elementwise.NEG;
import static dev.normforge.graph.Elementwise.SIGMOID;
import static dev.normforge.graph.Elementwise.TANH;
import static dev.normforge.graph.LayerGraph.V0;
import static dev.normforge.graph.LayerGraph.V1;
import static dev.normforge.graph.LayerGraph.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Primitive;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs in which a framework's call stands, or nearly. */
class FusedCallsComputeSomethingElseTest {

    private static final Pattern CALL = Pattern.compile("(_group_norm|_batch_norm|silu)\\(");

    /** By what they are: the calls that are expected in each, as they are written. */
    private static final Map<String, List<String>> CALLS = new LinkedHashMap<>();
    private static final Map<String, LayerGraph> GRAPHS = graphs();

    @TempDir
    private Path folder;

    @TempDir
    private Path scripts;

    @Test
    void onlyWhatIsExactlyTheCallBecomesOne() {
        GRAPHS.forEach((what, graph) -> {
            var text = TorchModule.of(TorchFiles.NAME, new Layer(graph, Numerics.DEFAULT));
            var forward = text.substring(text.indexOf("def forward"), text.indexOf("def _per_channel"));
            var expected = CALLS.getOrDefault(what, List.of());
            assertThat(CALL.matcher(forward).results().count()).as("%s:%n%s", what, forward).isEqualTo(expected.size());
            expected.forEach(call -> assertThat(forward).as(what).contains(call));
        });
    }

    @Test
    void bothComputeWhatTheGraphComputes() throws IOException {
        var pythons = Python.all("torch");
        for (var one : GRAPHS.entrySet()) {
            TorchFiles.write(folder.resolve(one.getKey()), new Layer(one.getValue(), Numerics.DEFAULT));
        }
        var script = TorchFiles.script(scripts, "check_torch.py");
        for (var python : pythons) {
            var ended = python.run(folder, script, folder.toString());
            assertThat(ended.exit()).as("%s: %s", python.name(), ended.output()).isZero();
            assertThat(ended.output()).contains("\"double\": " + GRAPHS.size());
        }
    }

    private static Map<String, LayerGraph> graphs() {
        var all = new LinkedHashMap<String, LayerGraph>();
        for (var over : IndexSet.values()) {
            var plain = new Drawing();
            all.put("plain-" + over, plain.ending(TANH, plain.standardized(over, X)));
            CALLS.put("plain-" + over, List.of(switch (over) {
                case BATCH -> "self._batch_norm(x, self.running_mean, self.running_var)";
                case LAYER -> "_group_norm(x, 1, self.eps)";
                case INSTANCE -> "_group_norm(x, self.num_features, self.eps)";
                case GROUP -> "_group_norm(x, self.groups, self.eps)";
            }));
            var both = new Drawing();
            int inside = both.add(TANH, both.add(ADD, both.add(MUL, V0, both.standardized(over, X)), V1));
            all.put("nested-" + over, both.ending(MUL, V1, both.standardized(over, inside)));
            CALLS.put("nested-" + over, over == IndexSet.BATCH
                    ? List.of("self.running_var, weight=v0, bias=v1)", "self.running_var_2, weight=v1)")
                    : List.of("self.eps, weight=v0, bias=v1)", "self.eps, weight=v1)"));
        }
        alike(all);
        combined(all);
        return all;
    }

    /** Not the call: something in between is read, or is something else. */
    private static void alike(Map<String, LayerGraph> all) {
        var deviation = new Drawing();
        int std = deviation.add(Moment.DEVIATION, IndexSet.GROUP, X);
        all.put("deviation-is-read", deviation.ending(ADD, std,
                deviation.add(DIV, deviation.centred(IndexSet.GROUP, X, X), std)));
        var mean = new Drawing();
        int mu = mean.add(Moment.MEAN, IndexSet.BATCH, X);
        int shifted = mean.add(ADD, X, mean.add(NEG, mu));
        all.put("mean-is-read", mean.ending(MUL, mu,
                mean.add(DIV, shifted, mean.add(Moment.DEVIATION, IndexSet.BATCH, X))));
        var other = new Drawing();
        all.put("two-index-sets", other.ending(DIV, other.centred(IndexSet.INSTANCE, X, X),
                other.add(Moment.DEVIATION, IndexSet.BATCH, X)));
        var values = new Drawing();
        all.put("two-values", values.ending(DIV, values.centred(IndexSet.LAYER, X, values.add(TANH, X)),
                values.add(Moment.DEVIATION, IndexSet.LAYER, X)));
        var root = new Drawing();
        all.put("root-mean-square", root.ending(DIV, root.centred(IndexSet.INSTANCE, X, X),
                root.add(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE, X)));
        var turned = new Drawing();
        all.put("turned", turned.ending(DIV, turned.add(ADD, turned.add(NEG, X),
                turned.add(Moment.MEAN, IndexSet.GROUP, X)), turned.add(Moment.DEVIATION, IndexSet.GROUP, X)));
        var small = new Drawing();
        all.put("small-value", small.ending(MUL, X,
                small.standardized(IndexSet.GROUP, small.add(Moment.DEVIATION, IndexSet.INSTANCE, X))));
        var sigmoid = new Drawing();
        int gate = sigmoid.add(SIGMOID, X);
        all.put("gate-is-read", sigmoid.ending(ADD, gate, sigmoid.add(MUL, X, gate)));
        var gated = new Drawing();
        all.put("gate-of-another", gated.ending(MUL, X, gated.add(SIGMOID, gated.add(TANH, X))));
    }

    private static void combined(Map<String, LayerGraph> all) {
        var learned = new Drawing();
        int scaled = learned.add(MUL, learned.standardized(IndexSet.GROUP, X),
                learned.add(Moment.DEVIATION, IndexSet.BATCH, X));
        all.put("weights-from-the-batch", learned.ending(ADD, scaled, learned.add(TANH, V0)));
        CALLS.put("weights-from-the-batch", List.of("bias=torch.tanh(v0))"));
        var image = new Drawing();
        all.put("weight-of-an-image", image.ending(MUL, image.standardized(IndexSet.INSTANCE, X),
                image.add(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE, X)));
        CALLS.put("weight-of-an-image", List.of("_group_norm(x, self.num_features, self.eps)"));
        var early = new Drawing();
        all.put("bias-first", early.ending(MUL, V1, early.add(ADD, V0, early.standardized(IndexSet.LAYER, X))));
        CALLS.put("bias-first", List.of("_group_norm(x, 1, self.eps)"));
        var twice = new Drawing();
        int z = twice.standardized(IndexSet.BATCH, X);
        all.put("read-twice", twice.ending(ADD, twice.add(MUL, V1, z), twice.add(TANH, z)));
        CALLS.put("read-twice", List.of("self._batch_norm(x, self.running_mean, self.running_var)"));
        var gate = new Drawing();
        all.put("gate-of-channels", gate.ending(MUL, X, gate.add(MUL, gate.add(SIGMOID, V1), V1)));
        CALLS.put("gate-of-channels", List.of("silu(v)"));
    }

    /** A graph while it is written down. */
    private static final class Drawing {

        private final List<Node> nodes = new ArrayList<>();

        int add(Primitive op, Integer... inputs) {
            nodes.add(Node.of(op, inputs));
            return LayerGraph.INPUTS + nodes.size() - 1;
        }

        int add(Moment moment, IndexSet over, int input) {
            return add(new Aggregation(moment, over), input);
        }

        /** a − mean(b) */
        int centred(IndexSet over, int a, int b) {
            return add(ADD, add(NEG, add(Moment.MEAN, over, b)), a);
        }

        int standardized(IndexSet over, int a) {
            return add(DIV, centred(over, a, a), add(Moment.DEVIATION, over, a));
        }

        LayerGraph ending(Primitive op, Integer... inputs) {
            add(op, inputs);
            return new LayerGraph(nodes);
        }
    }
}
