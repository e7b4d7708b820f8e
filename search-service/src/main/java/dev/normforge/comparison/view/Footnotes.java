package dev.normforge.comparison.view;

import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands under the tables: which test marked the best, what the marks mean, what is missing and why. */
final class Footnotes {

    private static final String TEST = "a paired t-test over common seeds tells it from each other layer of the column "
            + "(two-sided, 5 %, Holm's correction over these)";

    private static final int MOST_GAPS = 20;

    private final List<String> gaps = new ArrayList<>();
    private boolean rivals;
    private boolean seeds;
    private boolean marked;
    private boolean repeats;
    private boolean diverged;
    private boolean summed;

    void see(Page page, String layer, Setting column, Score score) {
        repeats |= score.repeats();
        diverged |= score.diverged() > 0;
        if (!page.averages() && !score.repeats()) {
            gap("%s in %s%s".formatted(layer, page.title(),
                    column.values().isEmpty() ? "" : ", " + column.words()), score);
        }
    }

    private void gap(String place, Score score) {
        if (score.diverged() > 0) {
            gaps.add("Diverged: %s: %d of %d seeds%s.".formatted(place, score.diverged(), score.ordered(),
                    score.unscored() > 0 ? ", %d without a score".formatted(score.unscored()) : ""));
        }
        if (!score.failures().isEmpty()) {
            gaps.add("Failed: %s: %s.".formatted(place, String.join("; ", score.failures())));
        } else if (!score.measured() && score.unscored() == 0) {
            gaps.add("Not trained: %s.".formatted(place));
        }
    }

    void seeColumn(Map<String, Score> column, boolean best) {
        rivals |= column.values().stream().filter(Score::measured).count() > 1;
        seeds |= column.values().stream().anyMatch(score -> score.seeds() > 1);
        marked |= best;
    }

    void seeSummary() {
        summed = true;
    }

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        if (rivals) {
            sentences.add(test());
        }
        if (repeats) {
            sentences.add("With %s: the training and the counts of a cell before, for it means the same."
                    .formatted(TableCell.REPEATS));
        }
        if (diverged) {
            sentences.add("With %s: a training diverged and counts as nothing right.".formatted(TableCell.DIVERGED));
        }
        if (summed) {
            sentences.add("Random layers: median and best of their means, outside of the test; each is in cells.csv.");
        }
        sentences.addAll(gaps.subList(0, Math.min(MOST_GAPS, gaps.size())));
        if (gaps.size() > MOST_GAPS) {
            sentences.add("And %d gaps more, see cells.csv.".formatted(gaps.size() - MOST_GAPS));
        }
        return sentences;
    }

    private String test() {
        if (!seeds) {
            return "No layer is marked: one seed does not tell how much another would differ.";
        }
        return marked
                ? "The best of a column is marked where %s.".formatted(TEST)
                : "No layer is marked: the best of a column would be where %s.".formatted(TEST);
    }
}
