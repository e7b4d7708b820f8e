package dev.normforge.comparison;

import dev.normforge.protocol.ComparisonSpec;
import java.util.List;

/**
 * Everything a report of a comparison shows.
 *
 * @param name of the comparison, chosen by whoever created it
 * @param spec what was ordered
 * @param cells every cell of the grid, in the order of the grid
 * @param trainings how many trainings the grid takes, without seeds
 * @param notes what a reader must know: cuts, failures
 */
public record ComparisonResult(String name, ComparisonSpec spec, List<CellResult> cells, int trainings,
        List<String> notes) {
    public ComparisonResult {
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }
}
