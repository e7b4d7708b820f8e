package dev.normforge.report;

import java.util.List;

/** Who is confirmed. Deterministic: ties go to the earlier birth. */
public final class ConfirmationField {

    private ConfirmationField() {
    }

    /**
     * Births of the first round: the better half of the places to the best by mean, the rest to the front's members, best
     * mean first; places left over to the next best by mean. Each phenotype once.
     *
     * @param field most births
     */
    public static List<Integer> field(List<Contender> contenders, int field) {
        throw new UnsupportedOperationException("not yet " + contenders + field);
    }

    /**
     * Births in order of their mean confirm accuracy over all seeds measured, best first. A run that did not stay finite
     * counts as zero; births without any measurement are not in the result.
     *
     * @param measurements of one round; references are ignored
     */
    public static List<Integer> ranking(List<Measurement> measurements) {
        throw new UnsupportedOperationException("not yet " + measurements);
    }

    /** The best of the first round, who go to the second. */
    public static List<Integer> finalists(List<Measurement> firstRound, int finalists) {
        var ranking = ranking(firstRound);
        return ranking.subList(0, Math.min(finalists, ranking.size()));
    }
}
