package dev.normforge.comparison;

import java.util.List;

/**
 * What a cell holds so far.
 *
 * @param training which training it reads; cells with the same number share their runs
 * @param runs one for each seed that is done, by seed
 * @param failures of other seeds, by seed
 */
public record CellResult(Cell cell, int training, List<Run> runs, List<Failed> failures) {

    /** A seed that nobody learned anything with, and why, in words. */
    public record Failed(long seed, String why) {

        public String words() {
            return "seed %d: %s".formatted(seed, why);
        }
    }

    public CellResult {
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
    }
}
