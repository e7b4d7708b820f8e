package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.report.Funnel;
import dev.normforge.report.Funnel.Stage;
import dev.normforge.report.Interval;
import dev.normforge.report.SearchView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a user watches for a quarter of an hour. */
class ProgressBlockTest {

    private static final Funnel FUNNEL = new Funnel(List.of(new Funnel.Row(Stage.STATIC, "NO_INPUT", 100, 0, 24_000),
            new Funnel.Row(Stage.STATIC, "CONSTANT_OVER_SPACE", 110, 0, 26_400),
            new Funnel.Row(Stage.QUALITY, "high-loss", 61, 1_220, 13_420),
            new Funnel.Row(Stage.SCORED, "scored", 40, 9_600, 0)));

    static Progress progress(String phase, SearchView.@Nullable Best best, @Nullable Long remaining) {
        var view = new SearchView(1, "laptop-seed7", "laptop", "cifar10", 7, null, null, phase, "RUN", null, null, 311,
                101, 400, 101, 40, 3, 2, 10_820, null, null, best, Instant.EPOCH, null, 372_000, remaining,
                "the proxy separates: bn-relu is 4.1 standard errors above affine-relu");
        return new Progress(view, FUNNEL, FinalTextTest.CALIBRATION, "http://127.0.0.1:8077/");
    }

    private static final SearchView.Best BEST = new SearchView.Best(88, "x * sigmoid(v1 * x) / std_whc/g(x)",
            new Interval(0.412, 0.399, 0.425), null);

    @Test
    void showsPhaseBarFunnelAndTheBestLayerBesideBnRelu() {
        assertThat(String.join("\n", progress("EVOLUTION", BEST, 341_000L).block(80))).isEqualTo("""
                laptop-seed7, seed 7, cifar10    http://127.0.0.1:8077/
                evolution   [############------------]  52 %  6 min 12 s, about 5 min 41 s left
                layers      proposed 311, trained 101, scored 40; in training 2, waiting 3
                funnel      static 210 (no-input 100, constant-over-space 110)
                            quality 61 (high-loss 61) · scored 40
                best        0.412 [0.399, 0.425]  bn-relu 0.405 [0.395, 0.415]
                            x * sigmoid(v1 * x) / std_whc/g(x)
                proxy       the proxy separates: bn-relu is 4.1 standard errors above
                            affine-relu""");
    }

    @Test
    void promisesNoEndThatIsNotKnown() {
        assertThat(progress("CALIBRATION", null, null).block(80)).element(1)
                .isEqualTo("calibration [------------------------]  6 min 12 s");
    }

    @Test
    void neverBreaksALineOfTheTerminal() {
        assertThat(progress("EVOLUTION", BEST, 341_000L).block(44))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(45));
    }

    @Test
    void aLogGetsOneLine() {
        assertThat(progress("EVOLUTION", BEST, 341_000L).line()).isEqualTo(
                "evolution: 6 min 12 s, about 5 min 41 s left; proposed 311, trained 101, scored 40; best 0.412 [0.399, 0.425]"
                        + " (bn-relu 0.405 [0.395, 0.415]) x * sigmoid(v1 * x) / std_whc/g(x)");
    }
}
