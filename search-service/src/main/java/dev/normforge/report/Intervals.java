package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.statistics.StudentT;
import java.util.ArrayList;
import java.util.List;

/**
 * 95 % intervals of mean accuracies.
 *
 * <p>Two sources of error, added as variances: <em>seeds</em>, s²/R with the R runs' own variance s² (R − 1 degrees of
 * freedom) where R ≥ 3, else calibration's variance and degrees; and <em>images</em>. Degrees of freedom are combined by
 * Welch and Satterthwaite: ν = V² / (V_seeds² / ν_seeds), images counting as known.
 *
 * <p>Images of one layer: p(1−p)/n, n images, not divided by runs or anchors, for all of them see the same images. That is
 * an upper bound (reached where every run is right on the same images), so the interval is rather too wide than too narrow.
 *
 * <p>Images of a difference: both layers are scored on the same images, so what makes an image hard cancels. Counts do not
 * tell by how much; every run's images are taken as drawn anew, Σ p(1−p)/n over all runs and anchors of both layers,
 * divided by (runs · anchors)². In a simulation with easy and hard images (see the test) that covers 94 to 96 %.
 */
final class Intervals {

    private static final int OWN_NOISE_FROM = 3;

    private Intervals() {
    }

    /**
     * Mean over anchors and runs of one layer.
     *
     * @param runs one entry per seed, at least one
     */
    static Interval ofMean(List<Scores> runs, Calibration.Noise noise) {
        double mean = mean(runs.stream().map(Scores::mean).toList());
        int images = runs.stream().flatMap(run -> run.anchors().stream()).mapToInt(Count::total).min().orElseThrow();
        var seeds = Seeds.of(runs.stream().map(Scores::mean).toList(), noise.mean(), noise.degreesOfFreedom());
        return clamp(interval(mean, seeds, mean * (1 - mean) / images), 0);
    }

    /** One anchor's mean over runs of one layer. */
    static Interval ofAnchor(List<Scores> runs, int anchor, Calibration.Noise noise) {
        var accuracies = runs.stream().map(run -> run.accuracy(anchor)).toList();
        double mean = mean(accuracies);
        int images = runs.stream().mapToInt(run -> run.anchors().get(anchor).total()).min().orElseThrow();
        var seeds = Seeds.of(accuracies, noise.anchors().get(anchor), noise.degreesOfFreedom());
        return clamp(interval(mean, seeds, mean * (1 - mean) / images), 0);
    }

    /**
     * Mean over anchors of one layer minus that of another, paired by seed: entry r of both was trained with one seed.
     */
    static Interval ofDifference(List<Scores> ones, List<Scores> others, Calibration.Noise noise) {
        if (ones.size() != others.size() || ones.isEmpty()) {
            throw new IllegalArgumentException("runs is %d against %d, expected pairs of one seed"
                    .formatted(ones.size(), others.size()));
        }
        var differences = new ArrayList<Double>();
        for (int i = 0; i < ones.size(); i++) {
            differences.add(ones.get(i).mean() - others.get(i).mean());
        }
        var seeds = Seeds.of(differences, Math.sqrt(2) * noise.mean(), noise.degreesOfFreedom());
        return clamp(interval(mean(differences), seeds, imagesOfDifference(ones, others)), -1);
    }

    /** Variance of a difference of means that images cause, each run's images taken as drawn anew. */
    static double imagesOfDifference(List<Scores> ones, List<Scores> others) {
        return imagesDrawnAnew(ones) + imagesDrawnAnew(others);
    }

    private static double imagesDrawnAnew(List<Scores> runs) {
        var counts = runs.stream().flatMap(run -> run.anchors().stream()).toList();
        double sum = counts.stream().mapToDouble(count -> count.accuracy() * (1 - count.accuracy()) / count.total())
                .sum();
        return sum / counts.size() / counts.size();
    }

    /** A proportion with Wilson's interval (Wilson, JASA 1927). */
    static Interval ofShare(long hits, long of) {
        double share = (double) hits / of;
        double z2 = StudentT.NORMAL * StudentT.NORMAL;
        double centre = (share + z2 / (2 * of)) / (1 + z2 / of);
        double half = StudentT.NORMAL * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of)) / (1 + z2 / of);
        return new Interval(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static Interval interval(double estimate, Seeds seeds, double images) {
        double variance = seeds.variance + images;
        if (seeds.variance == 0) {
            return around(estimate, StudentT.NORMAL * Math.sqrt(variance));
        }
        double degrees = seeds.degrees * (variance / seeds.variance) * (variance / seeds.variance);
        return around(estimate, StudentT.twoSided95(degrees) * Math.sqrt(variance));
    }

    private static Interval around(double estimate, double half) {
        return new Interval(estimate, estimate - half, estimate + half);
    }

    private static Interval clamp(Interval interval, double least) {
        return new Interval(interval.mean(), Math.max(least, interval.low()), Math.min(1, interval.high()));
    }

    /** Variance of a mean between seeds and how well it is known; zero where nothing tells. */
    private record Seeds(double variance, int degrees) {

        static Seeds of(List<Double> values, double calibrated, int calibratedDegrees) {
            int runs = values.size();
            if (runs >= OWN_NOISE_FROM || (runs == 2 && calibratedDegrees == 0)) {
                return new Seeds(squares(values) / (runs - 1) / runs, runs - 1);
            }
            return new Seeds(calibrated * calibrated / runs, calibratedDegrees);
        }
    }

    /** Sum of squared deviations from the mean. */
    static double squares(List<Double> values) {
        double mean = mean(values);
        return values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    }
}
