package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.normforge.TestDatabase;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Grids;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.Run.ThreeCurves;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.ReadingScore;
import dev.normforge.protocol.Outcome;
import dev.normforge.simulation.SimulatedMeasurements;
import dev.normforge.simulation.SimulatedWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every count that a worker reports is another number, so that a cell that reads the wrong one is found. */
class CellsShowOtherCellsRunsTest {

    private static final Map<String, Integer> COUNTS = Map.of("precise-64", 101, "blur-heavy", 102,
            "precise-64/blur-heavy", 103, "precise-64/blur-heavy/adapted", 104, "training-images", 105, "test-batch",
            106, "test-batch/blur-heavy", 107);

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private ComparisonResult result(ComparisonSpec spec, Function<EvaluationRequest, @Nullable Outcome> training) {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var id = coordinator.comparisons().create("compared", spec, Duration.ZERO).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource(), training));
        var stored = coordinator.comparisons().result(id);
        assertThat(coordinator.reading().ofRows(id.value())).as("the rows, and what was stored").isEqualTo(stored);
        return stored;
    }

    private static Outcome scored(EvaluationRequest request, int score, int steps) {
        var observation = Objects.requireNonNull(request.observation());
        var readings = observation.readings().stream()
                .map(one -> new ReadingScore(one.name(), score == 0 ? 0 : COUNTS.getOrDefault(one.name(), -1), 256,
                        null))
                .toList();
        var measured = new Measured(SimulatedMeasurements.SIZE, null, readings,
                List.of(new EvaluationPoint(5, 30, 256, null)));
        var all = new AnchorScore(request.proxy().anchors().getFirst().name(), score, 256, null, 1.5, steps, 7.5,
                List.of(new CurvePoint(steps, 1.25)), measured);
        return new Outcome.Scored(List.of(all), new Outcome.Spent(steps, 0, 0, 100));
    }

    @Test
    void eachCellReadsItsOwnCountAndItsOwnCurves() {
        var spec = Grids.of("bn-relu", "gn-relu").statistics(Grids.MOVING, Grids.PRECISE)
                .corruptions("none", "blur-heavy").adapting().curves().evaluations(2).spec();
        var result = result(spec, request -> scored(request, 90, 10));

        var bn = cells(result, "bn-relu");
        assertThat(bn.stream().map(cell -> run(cell).correct())).as("moving, precise; then adapted")
                .containsExactly(90, 102, 101, 103, 104);
        assertThat(bn.stream().map(cell -> run(cell).threeCurves())).containsExactly(curves(106, 90), curves(107, 102),
                curves(106, 101), curves(107, 103), curves(107, 104));
        assertThat(bn.stream().map(cell -> run(cell).evaluations().size()))
                .as("counted with moving statistics, of images as they are").containsExactly(1, 0, 0, 0, 0);
        assertThat(bn).allMatch(cell -> run(cell).losses().equals(List.of(new CurvePoint(10, 1.25))));
        assertThat(run(bn.getFirst()).size()).isEqualTo(SimulatedMeasurements.SIZE);
        assertThat(run(bn.getFirst()).stepMillis()).isEqualTo(7.5);

        var gn = cells(result, "gn-relu");
        assertThat(gn.stream().map(cell -> run(cell).correct())).containsExactly(90, 102, 90, 102, 102);
        assertThat(gn.stream().map(cell -> run(cell).threeCurves())).containsExactly(curves(90, 90), curves(102, 102),
                curves(90, 90), curves(102, 102), curves(102, 102));
        assertThat(gn.stream().map(CellResult::training).distinct()).hasSize(1);
    }

    private static ThreeCurves curves(int heldOut, int own) {
        return new ThreeCurves(105 / 256.0, heldOut / 256.0, own / 256.0);
    }

    private static List<CellResult> cells(ComparisonResult result, String layer) {
        return result.cells().stream()
                .filter(cell -> cell.cell().layer().equals(layer) && cell.cell().anchor().equals("resnet")).toList();
    }

    private static Run run(CellResult cell) {
        assertThat(cell.runs()).hasSize(1);
        return cell.runs().getFirst();
    }

    @Test
    void aRunThatDivergedCountsAsNothingRightAndOneThatFailedIsNoRun() {
        var spec = Grids.of("bn-relu", "gn-relu").batches(16).seeds(3).spec();
        var result = result(spec, request -> switch ((int) request.seed()) {
            case 1 -> scored(request, 0, 4);
            case 2 -> new Outcome.Failed(new Failure.WorkerCrashed(3, "killed: signal 9"), Outcome.Spent.NOTHING);
            default -> scored(request, 90, 10);
        });

        var cell = result.cells().getFirst();
        assertThat(cell.runs()).extracting(Run::seed, Run::correct, Run::steps).containsExactly(
                tuple(1L, 0, 4), tuple(3L, 90, 10));
        assertThat(cell.failures())
                .containsExactly(new CellResult.Failed(2, "it brought its worker down 3 times (killed: signal 9)"));
        assertThat(result.notes()).containsExactly(
                "4 of 12 runs failed, most often: it brought its worker down 3 times (killed: signal 9)",
                "4 of 12 runs diverged and count as nothing right");
    }

    /** As a worker of another version would. */
    @Test
    void aRunWithoutWhatWasAskedForFillsNoCell() {
        var spec = Grids.of("bn-relu").statistics(Grids.MOVING, Grids.PRECISE).spec();
        var result = result(spec, request -> {
            var score = new AnchorScore("resnet", 90, 256, null, 1.5, 10, 1, List.of(),
                    new Measured(SimulatedMeasurements.SIZE, null, List.of(), List.of()));
            return new Outcome.Scored(List.of(score), new Outcome.Spent(10, 0, 0, 100));
        });

        assertThat(result.cells()).allMatch(cell -> cell.runs().isEmpty())
                .allMatch(cell -> cell.failures()
                        .equals(List.of(new CellResult.Failed(1, "its worker did not count precise-64"))));
    }
}
