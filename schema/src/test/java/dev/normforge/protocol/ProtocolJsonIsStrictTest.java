package dev.normforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.NamedLayers;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolJsonIsStrictTest {

    private static final String SMOKE = ProtocolJson.write(Presets.read("smoke"));

    @Test
    void requestsAndOutcomesComeBackEqual() {
        var proxy = Presets.read("laptop").proxy();
        var request = new EvaluationRequest(7, NamedLayers.find("evonorm-b1").orElseThrow(), proxy, Long.MIN_VALUE,
                true,
                false, null, EvaluationRequest.ScoredOn.CONFIRM_AND_TEST);
        comesBack(request, EvaluationRequest.class);
        var ghosts = proxy.withNormalizationBatch(16).withBatchOrder(BatchOrder.BY_CLASS)
                .withWeightStandardization(WeightStandardization.find("ws").orElseThrow())
                .withStatistics(new BatchStatistics.Frozen(0.2, 64));
        var readings = List.of(
                new Observation.Reading("a", Observation.Reading.Source.TRAIN, new BatchStatistics.OfTheTestBatch(),
                        null, false),
                new Observation.Reading("b", Observation.Reading.Source.SCORED,
                        new BatchStatistics.Precise(8, BatchStatistics.Precise.Estimator.MEAN_OF_BATCHES),
                        new Corruption(Corruption.Kind.BLUR, Corruption.Severity.HEAVY), true));
        comesBack(new EvaluationRequest(8, new SlotLayer.Native(NativeLayer.FRN_TLU), ghosts, 3, false, true, 0.1 + 0.2,
                EvaluationRequest.ScoredOn.TEST, new Observation(readings, 7)), EvaluationRequest.class);
        var score = new AnchorScore("resnet", 3, 10, new AnchorScore.Count(1, 2), Double.NaN, 80, 1.5,
                List.of(new AnchorScore.CurvePoint(1, 2.3), new AnchorScore.CurvePoint(2, Double.POSITIVE_INFINITY)));
        var spent = new Outcome.Spent(1, 2, 3, 4_000_000_000L);
        comesBack(new Outcome.Scored(List.of(score), spent), Outcome.class);
        comesBack(new Outcome.Rejected(new Rejection.Unstable(3, Double.MAX_VALUE), List.of(score), List.of(), spent),
                Outcome.class);
        comesBack(new Outcome.Rejected(new Rejection.HighLoss("a", 20, 2.4, 2.3), List.of(), List.of(), spent),
                Outcome.class);
        comesBack(new Outcome.Failed(new Failure.WorkerCrashed(2, "signal 11 \"SEGV\"\n"), Outcome.Spent.NOTHING),
                Outcome.class);
        comesBack(Presets.read("smoke").withBudget(new SearchSpec.Budget(null, 5L, 1e-3)), SearchSpec.class);
    }

    private static <T> void comesBack(T value, Class<T> type) {
        var json = ProtocolJson.write(value);
        assertThat(json).doesNotContain("\n");
        assertThat(ProtocolJson.read(json, type)).isEqualTo(value);
    }

    /** Databases write numbers out: 1.8e308 as 309 digits. */
    @Test
    void numbersThatADatabaseWroteOutAreRead() {
        var written = ProtocolJson.write(new Rejection.Unstable(3, Double.MAX_VALUE))
                .replace("1.7976931348623157E308", new BigDecimal(Double.MAX_VALUE).toPlainString());
        assertThat(ProtocolJson.read(written, Rejection.class))
                .isEqualTo(new Rejection.Unstable(3, Double.MAX_VALUE));
    }

    @Test
    void eachMistakeIsNamedOnOneLine() {
        refuses("\"steps\": 10,", "\"steps\": \"many\",", "proxy.training.steps is \"many\", expected a whole number");
        refuses("\"steps\": 10,", "\"steps\": 10.5,", "proxy.training.steps is 10.5, expected a whole number");
        refuses("\"steps\": 10,", "\"steps\": 3000000000,",
                "proxy.training.steps is 3000000000, expected a whole number");
        refuses("\"learningRate\": 0.05,", "\"learningRate\": 1%s,".formatted("0".repeat(309)),
                "proxy.training.learningRate is 1%s… (310 characters), expected a number".formatted("0".repeat(39)));
        refuses("\"steps\": 10,", "\"steps\": null,", "proxy.training.steps is null, expected a whole number");
        refuses("\"steps\": 10,", "", "proxy.training.steps is missing, expected a whole number");
        refuses("\"steps\": 10,", "\"steps\": 10, \"stepz\": 1,",
                "proxy.training.stepz is unknown, expected one of steps, batch, learningRate, momentum, weightDecay,"
                        + " warmup, schedule");
        refuses("\"steps\": 10,", "\"steps\": 0,", "proxy.training.steps is 0, expected 1 to 10000000");
        refuses("\"COSINE\"", "\"SQUARE\"", "proxy.training.schedule is \"SQUARE\", expected one of CONSTANT, COSINE");
        refuses("\"test-batch\"", "\"guessed\"",
                "proxy.statistics.kind is \"guessed\", expected kind as one of test-batch, moving, precise, frozen, estimated");
        refuses("{\"kind\": \"test-batch\"}", "{}",
                "proxy.statistics.kind is missing, expected kind as one of test-batch, moving, precise, frozen, estimated");
        refuses("\"width\": 0.25", "\"width\": -1",
                "proxy.anchors[1]: anchor.width is -1.0, expected 0.01 to 8.0");
        refuses("[\"bn-relu\", \"affine-relu\"]", "[\"bn-relu\", \"bn-relu\"]",
                "calibration.references is [bn-relu, bn-relu], expected each name once");
        refuses("\"affine-relu\"", "\"a\\nb\"", "calibration.references is \"a b\", expected names among "
                + String.join(", ", NamedLayers.names()));
        refuses("\"batch\": 16", "\"batch\": 2001", "proxy.training.batch is 2001, expected 1 to 2000");
        refuses("\"images\": 64", "\"images\": 2001", "confirmation.statistics.images is 2001, expected 1 to 2000");
        refuses("\"maxGrowth\": 0.5", "\"maxGrowth\": -2",
                "screen.stack.minGrowth is -2.0, expected below maxGrowth, -2.0");
        refuses("\"train\": 2000", "\"train\": 40001", "proxy.data.train is 40001, expected 1 to 40000");
        refuses("\"search\": 256", "\"search\": 5001", "proxy.data.search is 5001, expected 1 to 5000");
        refuses("\"confirm\": 256", "\"confirm\": 5001", "proxy.data.confirm is 5001, expected 1 to 5000");
        refuses("\"anchors\": null", "\"anchors\": []", "proxy.rejections.gates[0]: gate.anchors is empty,"
                + " expected names of anchors; without the field it looks at all");
        refuses("\"anchors\": null", "\"anchors\": [\"vgg\"]",
                "proxy.rejections.gates.anchors is [vgg], expected names among resnet, mobilenetv2");
        refuses("\"flip\": true", "\"flip\": 1", "proxy.data.flip is 1, expected true or false");
        refuses("\"auditShare\": 0.05", "\"auditShare\": 1.05", "auditShare is 1.05, expected 0.0 to 1.0");
        refuses("[\"bn-relu\", \"affine-relu\"]", "\"bn-relu\"",
                "calibration.references is \"bn-relu\", expected a list");
    }

    @Test
    void nonsenseIsRefusedOnOneLine() {
        for (var json : List.of("", "   ", "{", "[]", "null", "7", "\"x\"", "{} {}", "{\"seed\": 1, \"seed\": 2}",
                "{\"seed\": NaN}", "// hello", "[".repeat(100_000), "{\"a\":".repeat(100_000),
                "{\"preset\": \"" + "x".repeat(2_000_000) + "\"}", "[" + "1,".repeat(200_000) + "1]")) {
            assertThatThrownBy(() -> ProtocolJson.read(json, SearchSpec.class))
                    .isInstanceOf(IllegalArgumentException.class).message().isNotBlank().hasSizeLessThan(300)
                    .doesNotContain("\n");
        }
    }

    private static void refuses(String right, String wrong, String message) {
        assertThat(SMOKE).contains(right);
        int at = SMOKE.indexOf(right);
        var json = SMOKE.substring(0, at) + wrong + SMOKE.substring(at + right.length());
        assertThatThrownBy(() -> ProtocolJson.read(json, SearchSpec.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
