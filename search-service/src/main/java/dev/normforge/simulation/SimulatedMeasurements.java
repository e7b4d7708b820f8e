package dev.normforge.simulation;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.protocol.Measured.ReadingScore;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a simulated worker answers an observation with: the i-th reading counts i + 1 images fewer than the score. */
public final class SimulatedMeasurements {

    /** Of every network. */
    public static final NetworkSize SIZE = new NetworkSize(1000, 2_000_000, 64, 4096);

    private SimulatedMeasurements() {
    }

    /** Null where nothing is observed. */
    public static @Nullable Measured of(EvaluationRequest request, int correct, int total) {
        var observation = request.observation();
        if (observation == null) {
            return null;
        }
        boolean restores = request.proxy().anchors().getFirst().family().restores();
        Double psnr = restores ? Double.valueOf(20 + 10.0 * correct / total) : null;
        List<ReadingScore> readings = IntStream.range(0, observation.readings().size())
                .mapToObj(i -> new ReadingScore(observation.readings().get(i).name(), Math.max(0, correct - i - 1),
                        total, psnr))
                .toList();
        int steps = request.proxy().training().steps();
        int evaluations = observation.evaluations();
        List<EvaluationPoint> points = IntStream.rangeClosed(1, evaluations)
                .mapToObj(i -> new EvaluationPoint(steps * i / evaluations, correct * i / evaluations, total, psnr))
                .toList();
        return new Measured(SIZE, psnr, readings, points);
    }
}
