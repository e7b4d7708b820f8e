package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.protocol.AnchorScore.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is confirmed. Deterministic: ties go to the earlier birth. */
public final class ConfirmationField {

    private static final Comparator<Contender> BEST_FIRST = Comparator
            .comparingDouble((Contender contender) -> -contender.scores().mean()).thenComparingInt(Contender::birth);

    private ConfirmationField() {
    }

    /**
     * Births of the first round, best mean first: half of the places (rounded up) to the best by mean, the rest to the
     * front's members, best mean first; places left over to the next best by mean. Each phenotype once, by the birth whose
     * score counts the most images.
     *
     * @param field most births
     */
    public static List<Integer> field(List<Contender> contenders, int field) {
        var distinct = distinct(contenders);
        var chosen = new LinkedHashSet<Contender>();
        distinct.stream().limit((field + 1) / 2).forEach(chosen::add);
        for (var next : Stream.concat(distinct.stream().filter(Contender::onFront), distinct.stream()).toList()) {
            if (chosen.size() < field) {
                chosen.add(next);
            }
        }
        return chosen.stream().sorted(BEST_FIRST).map(Contender::birth).toList();
    }

    private static List<Contender> distinct(List<Contender> contenders) {
        var byPhenotype = new HashMap<Long, Contender>();
        for (var contender : contenders) {
            byPhenotype.merge(contender.phenotype(), contender, ConfirmationField::merge);
        }
        return byPhenotype.values().stream().sorted(BEST_FIRST).toList();
    }

    private static Contender merge(Contender one, Contender two) {
        int sign = Integer.compare(images(two), images(one));
        var kept = sign < 0 || (sign == 0 && one.birth() <= two.birth()) ? one : two;
        return new Contender(kept.birth(), kept.phenotype(), kept.scores(), one.onFront() || two.onFront());
    }

    private static int images(Contender contender) {
        return contender.scores().anchors().stream().mapToInt(Count::total).sum();
    }

    /**
     * Births in order of their mean confirm accuracy over all seeds measured, best first. A run that did not stay finite
     * counts as zero; births without any measurement are not in the result.
     *
     * @param measurements of one round; references are ignored
     */
    public static List<Integer> ranking(List<Measurement> measurements) {
        Map<Integer, List<Double>> means = new TreeMap<>();
        for (var measurement : measurements) {
            if (measurement.birth() != null) {
                means.computeIfAbsent(measurement.birth(), birth -> new ArrayList<>()).add(mean(measurement.scores()));
            }
        }
        return means.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -Intervals.mean(entry.getValue()))).map(Map.Entry::getKey)
                .toList();
    }

    private static double mean(@Nullable Scores scores) {
        return scores == null ? 0 : scores.mean();
    }

    /** The best of the first round, who go to the second. */
    public static List<Integer> finalists(List<Measurement> firstRound, int finalists) {
        var ranking = ranking(firstRound);
        return ranking.subList(0, Math.min(finalists, ranking.size()));
    }
}
