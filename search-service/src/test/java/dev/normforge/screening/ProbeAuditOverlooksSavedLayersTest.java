package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.Interpreter;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Space;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProbeAuditOverlooksSavedLayersTest {

    private static final int LAYERS = 300;
    private static final SearchSpec LAPTOP = Presets.read("laptop");

    @Test
    void refusalsAreDistinctAndTheSameEachTime() {
        var refusals = ProbeAudit.refusals(LAPTOP.withSeed(4), LAYERS);
        var simplifier = new Simplifier(Layers.NUMERICS);

        assertThat(refusals.stream().map(ProbeAudit.Refusal::graph).map(simplifier::simplify)
                .map(phenotype -> PhenotypeHash.of(phenotype, Layers.NUMERICS)).distinct()).hasSize(LAYERS);
        assertThat(refusals).allSatisfy(
                refusal -> assertThat(refusal.rule().stage()).isEqualTo(Verdict.Stage.PROBE));
        assertThat(ProbeAudit.refusals(LAPTOP.withSeed(4), LAYERS)).isEqualTo(refusals);
        assertThat(ProbeAudit.refusals(LAPTOP.withSeed(5), 20))
                .isNotEqualTo(ProbeAudit.refusals(LAPTOP.withSeed(4), 20));
    }

    @Test
    void halfOfThemAreWhatASearchProposesAndNotOnlyWhatChanceDoes() {
        var refusals = ProbeAudit.refusals(LAPTOP.withSeed(4), 100);
        var random = DistinctLayers.random(LAPTOP.space(), 4).limit(200_000).collect(Collectors.toSet());

        assertThat(refusals).filteredOn(refusal -> refusal.source() == ProbeAudit.Source.SEARCH).hasSize(50)
                .filteredOn(refusal -> random.contains(refusal.graph())).hasSizeLessThan(20);
        assertThat(refusals).filteredOn(refusal -> refusal.source() == ProbeAudit.Source.RANDOM).hasSize(50);
    }

    /** Training starts at initialisation and goes where gradients lead: on other inputs and nearby, nothing usable comes out. */
    @Test
    void noRefusedLayerWorksAtInitialisationOrOneStepAwayOnOtherInputs() {
        var shape = new Interpreter.Shape(16, 16, 6, 6);
        var simplifier = new Simplifier(Layers.NUMERICS);
        for (var refusal : ProbeAudit.refusals(LAPTOP.withSeed(6), LAYERS)) {
            for (double scale : new double[]{0.3, 1, 3}) {
                for (double step : new double[]{0, 0.05}) {
                    var interpreter = new Interpreter(simplifier.simplify(refusal.graph()), Layers.NUMERICS);
                    var output = interpreter.forward(new Noise(77).normal(shape.size(), scale), shape,
                            moved(shape.c(), step), new Interpreter.Statistics.OfTheBatch());
                    interpreter.backward(new Noise(78).normal(shape.size(), 1e-3));
                    assertThat(!interpreter.finiteInFloat32() || spread(output, shape) < 1e-5)
                            .as("%s at scale %s, refused as %s", refusal.formula(), scale, refusal.rule()).isTrue();
                }
            }
        }
    }

    private static Interpreter.Parameters moved(int channels, double step) {
        var initial = Interpreter.Parameters.initial(channels);
        var away = new Noise(79).normal(2 * channels, step);
        for (int c = 0; c < channels; c++) {
            initial.v0()[c] += away[c];
            initial.v1()[c] += away[channels + c];
        }
        return initial;
    }

    /** The widest range within a channel, in units of its largest value or 1. */
    private static double spread(double[] output, Interpreter.Shape shape) {
        double widest = 0;
        for (int c = 0; c < shape.c(); c++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int n = 0; n < shape.n(); n++) {
                int start = (n * shape.c() + c) * shape.h() * shape.w();
                var range = Arrays.stream(output, start, start + shape.h() * shape.w()).summaryStatistics();
                low = Math.min(low, range.getMin());
                high = Math.max(high, range.getMax());
            }
            widest = Math.max(widest, (high - low) / Math.max(1, Math.max(Math.abs(low), Math.abs(high))));
        }
        return widest;
    }

    @Test
    void aSpaceWithoutRefusalsIsSaidToHaveNone() {
        var tooSmall = new Space(1, Space.Draw.ROWS, false, null, 3);

        assertThatThrownBy(() -> ProbeAudit.refusals(LAPTOP.withSpace(tooSmall), 3))
                .hasMessageContaining("layers of this space, expected 3");
    }

    @Test
    void aScoreAboveChanceIsReportedWhereverItStands() {
        var refusal = ProbeAudit.refusals(LAPTOP.withSeed(4), 1).getFirst();
        var chance = score(192);
        var lucky = score(244); // 3.96 standard errors of 13.1 images above 192
        var saved = score(245);
        var broken = score(0);

        var summary = ProbeAudit.summary(List.of(
                new ProbeAudit.Answer(refusal, new Outcome.Scored(List.of(chance), Outcome.Spent.NOTHING)),
                new ProbeAudit.Answer(refusal, new Outcome.Scored(List.of(lucky), Outcome.Spent.NOTHING)),
                new ProbeAudit.Answer(refusal,
                        new Outcome.Rejected(new Rejection.NotFinite("resnet", 3), List.of(saved),
                                List.of(), Outcome.Spent.NOTHING)),
                new ProbeAudit.Answer(refusal, new Outcome.Scored(List.of(broken), Outcome.Spent.NOTHING)),
                new ProbeAudit.Answer(refusal, new Outcome.Failed(new Failure.WorkerLost(1), Outcome.Spent.NOTHING))),
                10);

        assertThat(summary.saved()).containsExactly(new ProbeAudit.Saved(refusal, saved));
        assertThat(summary.refusals()).containsEntry(refusal.rule(), 1L);
        assertThat(List.of(summary.scored(), summary.notFinite(), summary.unanswered())).containsExactly(2, 2, 1);
        assertThat(summary.highest()).isBetween(4.0, 4.1);
    }

    private static AnchorScore score(int correct) {
        return new AnchorScore("resnet", correct, 1920, null, 2.3, 80, 10, List.of());
    }
}
