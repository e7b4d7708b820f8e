package dev.normforge.web;

import dev.normforge.report.ComparedSearches;
import dev.normforge.report.Curve;
import dev.normforge.report.GroupCurve;
import dev.normforge.report.Interval;
import dev.normforge.report.SearchView;
import dev.normforge.search.SpecTable;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several searches beside each other.
 *
 * @param x {@code arrivals}, {@code trained} or {@code steps}
 * @param y {@code accuracy}: best mean over the anchors so far; {@code hypervolume}: of the front, above accuracy 0
 * @param spread what the bands are: {@code interval} or {@code range}
 * @param revision grows with every visible change of one of them
 * @param searches in the order in which they were asked for
 * @param groups of them, in the order of their first search
 * @param contrast between two groups; null where there are more, or too few searches
 * @param notes what is not comparable, and what is mixed, a sentence each
 * @param differences of their specifications, values in the order of {@code searches}
 */
record CurvesView(String x, String y, String spread, long revision, List<Compared> searches, List<Group> groups,
        @Nullable Contrast contrast, List<String> notes, List<SpecTable.Row> differences) {

    CurvesView {
        searches = List.copyOf(searches);
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
        differences = List.copyOf(differences);
    }

    /**
     * A search.
     *
     * @param group its place in {@code groups}
     * @param comparable whether its scores mean the same as those of the others: where not, it is left out of every curve
     * @param budget of its specification
     * @param beyondBnRelu its best layer's mean minus BN-ReLU's, on the images that selected it
     * @param curve empty where it is not comparable
     */
    record Compared(SearchView search, int group, boolean comparable, @Schema(type = "object") JsonNode budget,
            @Nullable Interval bnRelu,
            @Nullable Double beyondBnRelu, @Nullable Integer members, @Nullable Double hypervolume,
            ComparedSearches.@Nullable Confirmed confirmed, Curve curve) {
    }

    /**
     * Searches that differ in luck alone.
     *
     * @param searches how many of them are comparable
     * @param mean with its band; null below {@value GroupCurve#FEWEST} searches
     */
    record Group(String name, int searches, @Nullable GroupCurve mean) {
    }

    /**
     * The second group's mean minus the first one's, by Welch's t.
     *
     * @param x where: the end of the shorter one
     * @param difference with its 95 % interval
     */
    record Contrast(long x, Interval difference) {
    }
}
