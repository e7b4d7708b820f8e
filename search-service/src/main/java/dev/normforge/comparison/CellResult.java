package dev.normforge.comparison;

import java.util.List;

/**
 * What a cell holds so far.
 *
 * @param training which training it reads; cells with the same number share their runs
 * @param runs one for each seed that is done, by seed
 * @param failures of its other seeds, in words; runs that were never begun are in the notes of the whole
 */
public record CellResult(Cell cell, int training, List<Run> runs, List<String> failures) {
    public CellResult {
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
    }
}
