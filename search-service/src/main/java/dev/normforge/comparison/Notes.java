package dev.normforge.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a reader of a comparison's table must know about the runs that are not in it, or count for nothing. */
final class Notes {

    private Notes() {
    }

    /**
     * @param all runs that were ordered
     * @param settled runs that have ended, in whatever way
     * @param cancelled whether somebody ended the comparison
     */
    static List<String> of(int all, List<TrainingRuns> runs, int settled, boolean cancelled) {
        var notes = new ArrayList<String>();
        if (settled < all) {
            notes.add("%d of %d runs are not done yet".formatted(all - settled, all));
        }
        int scored = runs.stream().mapToInt(training -> training.scores().size()).sum();
        var failures = runs.stream().flatMap(training -> training.failures().values().stream()).toList();
        int givenUp = settled - scored - failures.size();
        if (givenUp > 0) {
            notes.add((cancelled
                    ? "cancelled: %d of %d runs were not done"
                    : "for want of time %d of %d runs were not begun")
                    .formatted(givenUp, all));
        }
        if (!failures.isEmpty()) {
            notes.add("%d of %d runs failed, most often: %s".formatted(failures.size(), all, commonest(failures)));
        }
        long diverged = runs.stream().mapToLong(TrainingRuns::diverged).sum();
        if (diverged > 0) {
            notes.add("%d of %d runs diverged and count as nothing right".formatted(diverged, all));
        }
        return notes;
    }

    private static String commonest(List<String> failures) {
        return failures.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet()
                .stream().max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow().getKey();
    }
}
