package dev.normforge.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the rest will take, from what was measured: a run costs what runs under the same task cost so far. */
final class Estimate {

    private Estimate() {
    }

    /**
     * Runs under one task, of whatever layer.
     *
     * @param steps of each
     * @param open those that have not ended
     * @param openSteps steps that running ones of them have taken
     * @param scored those that were trained to the end
     * @param millis that these took in all
     */
    record Task(int steps, int open, long openSteps, int scored, long millis) {

        private double millisARun(double millisAStep) {
            return scored == 0 ? steps * millisAStep : (double) millis / scored;
        }

        private double open(double millisAStep) {
            return (open - (double) openSteps / steps) * millisARun(millisAStep);
        }
    }

    /** @param slots workers; @return milliseconds, null before anything was measured or while nobody works */
    static @Nullable Long remaining(List<Task> tasks, int slots) {
        if (tasks.stream().allMatch(task -> task.open == 0)) {
            return 0L;
        }
        long steps = tasks.stream().mapToLong(task -> (long) task.scored * task.steps).sum();
        if (steps == 0 || slots == 0) {
            return null;
        }
        double millisAStep = tasks.stream().mapToDouble(Task::millis).sum() / steps;
        int open = tasks.stream().mapToInt(Task::open).sum();
        return Math.round(tasks.stream().mapToDouble(task -> task.open(millisAStep)).sum() / Math.min(slots, open));
    }
}
