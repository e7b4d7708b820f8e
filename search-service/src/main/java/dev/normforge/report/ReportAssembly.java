package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.graph.Cost;
import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Simplifier;
import dev.normforge.report.Report.Counted;
import dev.normforge.report.Report.Entry;
import dev.normforge.report.Report.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a report, from what was measured of them.
 *
 * @param anchors names, in the proxy's order
 * @param noise of calibration
 * @param graphs what was trained, by layer name
 * @param searches the search score of each birth, by layer name
 * @param first round of confirmation
 * @param last round of confirmation, whose seeds selected nobody
 * @param tests counts on the test images by evaluation of the last round; empty where they are sealed
 */
record ReportAssembly(List<String> anchors, Calibration.Noise noise, Map<String, Layer> graphs,
        Map<String, SearchScore> searches, List<Measurement> first, List<Measurement> last, Map<Long, Scores> tests) {

    /**
     * The score that selected a birth.
     *
     * @param pooled over all seeds that its phenotype had been trained with
     * @param seeds what each of them counted
     */
    record SearchScore(Scores pooled, List<OfSeed> seeds) {
        SearchScore {
            seeds = List.copyOf(seeds);
        }
    }

    /** One training's. */
    record OfSeed(long seed, Scores scores) {
    }

    List<Entry> confirmed() {
        return ConfirmationField.ranking(last).stream().map(birth -> entry("birth-" + birth, birth, null)).toList();
    }

    List<Entry> references() {
        return last.stream().map(Measurement::reference).filter(Objects::nonNull).distinct()
                .map(name -> entry(name, null, null)).toList();
    }

    List<Entry> front(List<FrontView.Standing> standings) {
        return standings.stream().map(
                standing -> entry("birth-" + standing.birth(), standing.birth(), standing.probability())).toList();
    }

    /** One of the births, confirmed or not. */
    Entry of(int birth) {
        return entry("birth-" + birth, birth, null);
    }

    private Entry entry(String name, @Nullable Integer birth, @Nullable Double probability) {
        var layer = Objects.requireNonNull(graphs.get(name), name);
        var phenotype = new Simplifier(layer.numerics()).simplify(layer.graph());
        var search = searches.get(name);
        return new Entry(name, birth, Formula.of(phenotype), layer, Cost.of(phenotype), counts(name, search),
                search == null ? null : Intervals.ofMean(List.of(search.pooled()), noise),
                mean(scores(of(name, last), Images.CONFIRM)), mean(scores(of(name, last), Images.TEST)),
                beyond(name, Images.CONFIRM), beyond(name, Images.TEST), probability);
    }

    private static List<Measurement> of(String name, List<Measurement> round) {
        return round.stream().filter(run -> run.layer().equals(name)).toList();
    }

    private @Nullable Interval mean(List<Scores> runs) {
        return runs.isEmpty() ? null : Intervals.ofMean(runs, noise);
    }

    private List<Scores> scores(List<Measurement> runs, Images images) {
        return runs.stream().map(run -> scores(run, images)).filter(Objects::nonNull).toList();
    }

    /** A run that did not stay finite has none right; null where these images were not counted or are sealed. */
    private @Nullable Scores scores(Measurement run, Images images) {
        return switch (images) {
            case SEARCH -> null;
            case CONFIRM -> run.scoresOrZero(Measurement.pattern(last, anchors.size()));
            case TEST -> {
                var pattern = tests.values().stream().findFirst().orElse(null);
                yield run.scores() == null && pattern != null && run.round() > 1
                        ? run.scoresOrZero(pattern)
                        : tests.get(run.evaluation());
            }
        };
    }

    /** This layer's accuracy minus BN-ReLU's, over the seeds that both were trained with. */
    private @Nullable Interval beyond(String name, Images images) {
        if (name.equals(Calibrating.NORMALIZED)) {
            return null;
        }
        var mine = new ArrayList<Scores>();
        var theirs = new ArrayList<Scores>();
        for (var run : of(name, last)) {
            of(Calibrating.NORMALIZED, last).stream().filter(other -> other.seed() == run.seed()).findFirst()
                    .ifPresent(other -> {
                        var one = scores(run, images);
                        var two = scores(other, images);
                        if (one != null && two != null) {
                            mine.add(one);
                            theirs.add(two);
                        }
                    });
        }
        return mine.isEmpty() ? null : Intervals.ofDifference(mine, theirs, noise);
    }

    private List<Counted> counts(String name, @Nullable SearchScore search) {
        var counts = new ArrayList<Counted>();
        if (search != null) {
            search.seeds().forEach(one -> counts.addAll(counted(Images.SEARCH, 0, one.seed(), one.scores())));
        }
        for (var round : List.of(first, last)) {
            for (var run : of(name, round)) {
                for (var images : List.of(Images.CONFIRM, Images.TEST)) {
                    var scores = scores(run, images);
                    if (scores != null) {
                        counts.addAll(counted(images, run.round(), run.seed(), scores));
                    }
                }
            }
        }
        return counts;
    }

    private List<Counted> counted(Images images, int round, long seed, Scores scores) {
        var counts = new ArrayList<Counted>();
        for (int i = 0; i < anchors.size(); i++) {
            var count = scores.anchors().get(i);
            counts.add(new Counted(images, round, seed, anchors.get(i), count.correct(), count.total()));
        }
        return counts;
    }
}
