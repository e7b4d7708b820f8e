package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.report.Calibration.Baseline;
import dev.normforge.report.Calibration.Noise;
import dev.normforge.report.Calibration.Separation;
import dev.normforge.report.Calibration.Separation.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The arithmetic behind {@link Calibration}. */
final class Calibrating {

    static final String NORMALIZED = "bn-relu";
    static final String UNNORMALIZED = "affine-relu";
    private static final double ENOUGH_STANDARD_ERRORS = 3;

    private final List<String> anchors;
    private final Map<String, List<Measurement>> byReference = new LinkedHashMap<>();
    private final Scores pattern;
    private final Noise noise;

    Calibrating(List<String> anchors, List<Measurement> runs) {
        this.anchors = anchors;
        for (var run : runs) {
            byReference.computeIfAbsent(Objects.requireNonNull(run.reference(), "reference"), name -> new ArrayList<>())
                    .add(run);
        }
        pattern = Measurement.pattern(runs, anchors.size());
        noise = pooledNoise();
    }

    Calibration calibration() {
        var baselines = byReference.keySet().stream().map(this::baseline).toList();
        return new Calibration(anchors, noise, baselines, separation());
    }

    private List<Scores> scores(String reference) {
        return byReference.getOrDefault(reference, List.of()).stream().map(run -> run.scoresOrZero(pattern)).toList();
    }

    private long diverged(String reference) {
        return byReference.getOrDefault(reference, List.of()).stream().filter(Measurement::diverged).count();
    }

    /** A run that diverged says nothing about the noise of those that do not: its reference is left out. */
    private Noise pooledNoise() {
        int degrees = 0;
        double squaresOfMean = 0;
        var squares = new double[anchors.size()];
        for (var reference : byReference.keySet()) {
            if (diverged(reference) > 0) {
                continue;
            }
            var runs = scores(reference);
            degrees += runs.size() - 1;
            squaresOfMean += Intervals.squares(runs.stream().map(Scores::mean).toList());
            for (int i = 0; i < squares.length; i++) {
                int anchor = i;
                squares[i] += Intervals.squares(runs.stream().map(run -> run.accuracy(anchor)).toList());
            }
        }
        if (degrees == 0) {
            return Noise.unknown(anchors.size());
        }
        var deviations = new ArrayList<Double>();
        for (double sum : squares) {
            deviations.add(Math.sqrt(sum / degrees));
        }
        return new Noise(deviations, Math.sqrt(squaresOfMean / degrees), degrees);
    }

    private Baseline baseline(String reference) {
        var runs = scores(reference);
        var perAnchor = new ArrayList<Interval>();
        for (int i = 0; i < anchors.size(); i++) {
            perAnchor.add(Intervals.ofAnchor(runs, i, noise));
        }
        return new Baseline(reference, runs.size(), (int) diverged(reference), Intervals.ofMean(runs, noise), perAnchor,
                stepMillis(reference));
    }

    private List<Double> stepMillis(String reference) {
        var finite = byReference.getOrDefault(reference, List.of()).stream().filter(run -> run.scores() != null)
                .toList();
        var medians = new ArrayList<Double>();
        for (int i = 0; i < anchors.size() && !finite.isEmpty(); i++) {
            int anchor = i;
            medians.add(median(finite.stream().map(run -> run.stepMillis().get(anchor)).sorted().toList()));
        }
        return medians;
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private Separation separation() {
        var normalized = scores(NORMALIZED);
        var plain = scores(UNNORMALIZED);
        if (normalized.isEmpty() || plain.isEmpty()) {
            return new Separation(Answer.UNKNOWN, 0, 0,
                    "Whether this proxy tells normalization from none is unknown: %s was not measured."
                            .formatted(normalized.isEmpty() ? NORMALIZED : UNNORMALIZED));
        }
        double with = Intervals.mean(normalized.stream().map(Scores::mean).toList());
        double without = Intervals.mean(plain.stream().map(Scores::mean).toList());
        double variance = noise.mean() * noise.mean() * (1.0 / normalized.size() + 1.0 / plain.size())
                + Intervals.imagesOfDifference(normalized, plain);
        // Both all right or all wrong: no variance is left, and any gap is infinitely far.
        double errors = (with - without) / Math.max(Math.sqrt(variance), 1e-9);
        var answer = errors >= ENOUGH_STANDARD_ERRORS ? Answer.YES : Answer.NO;
        return new Separation(answer, with - without, errors, sentence(answer, with, without, errors));
    }

    private String sentence(Answer answer, double with, double without, double errors) {
        var numbers = String.format(Locale.ROOT,
                "%s reaches %.1f %%, %s %.1f %%: %.1f points apart, %.1f standard errors", NORMALIZED, 100 * with,
                UNNORMALIZED, 100 * without, 100 * (with - without), errors);
        var seeds = noise.degreesOfFreedom() == 0 ? " (of the images alone: one seed each)" : "";
        return answer == Answer.YES
                ? "This proxy tells normalization from none: %s%s.".formatted(numbers, seeds)
                : "This proxy does not tell normalization from none, so what it finds may mean little: %s%s."
                        .formatted(numbers, seeds);
    }
}
