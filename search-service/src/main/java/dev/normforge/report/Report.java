package dev.normforge.report;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Layer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search: {@code report.json} in exactly this shape (see {@code report.schema.json}).
 *
 * @param search its name
 * @param data {@code cifar10} or {@code synthetic}
 * @param calibration null where the search ended before it did
 * @param funnel in the order of a candidate's life
 * @param audit measured false rejections
 * @param front the final front by search scores, best mean first
 * @param confirmed layers that were confirmed with fresh seeds, best confirm mean first
 * @param references named layers trained the same way
 * @param ending COMPLETED, CANCELLED, EXHAUSTED or FAILED
 * @param endingNote why, where there is more to say
 * @param conditions of the trainings, in words; null in a report that was written before they were noted
 * @param versions of the code that decided
 * @param sentence what was found, honestly
 */
public record Report(String search, long seed, String preset, String data, @Nullable Calibration calibration,
        List<Funnel.Row> funnel, Audit audit, List<Entry> front, List<Entry> confirmed, List<Entry> references,
        String ending, @Nullable String endingNote, @Nullable String conditions, Versions versions, String sentence) {

    public Report {
        funnel = List.copyOf(funnel);
        front = List.copyOf(front);
        confirmed = List.copyOf(confirmed);
        references = List.copyOf(references);
    }

    /**
     * A layer and the evidence for it.
     *
     * @param layer a reference's name, or {@code birth-N}
     * @param birth null for a reference
     * @param graph its {@code normforge.layer/1} JSON
     * @param counts per image set, seed and anchor
     * @param search mean search accuracy: what selected it, therefore optimistic; null for a reference
     * @param confirm mean over anchors and the fresh seeds of the last round; null where it was not confirmed
     * @param test the same on the test images
     * @param beyondBnRelu confirm accuracy minus BN-ReLU's, paired over common seeds; null where there is none
     * @param testBeyondBnRelu the same on the test images, which selected nobody: what the sentence goes by
     * @param frontProbability that it is on the front when seeds and images are resampled; null off the front
     */
    public record Entry(String layer, @Nullable Integer birth, String formula, Layer graph, Cost cost,
            List<Counted> counts, @Nullable Interval search, @Nullable Interval confirm, @Nullable Interval test,
            @Nullable Interval beyondBnRelu, @Nullable Interval testBeyondBnRelu, @Nullable Double frontProbability) {
        public Entry {
            counts = List.copyOf(counts);
        }
    }

    /**
     * One count.
     *
     * @param images which set: search, confirm or test
     * @param round 1 or 2 in confirmation, else 0
     */
    public record Counted(Images images, int round, long seed, String anchor, int correct, int total) {
    }

    /** The sets of held-out images. */
    public enum Images {
        SEARCH, CONFIRM, TEST
    }

    /** @param evolution version of the proposal code; @param simplifier of the rewrite rules */
    public record Versions(int evolution, int simplifier) {
    }

    /** {@code report.json}, and what is stored in {@code search.report}. */
    public String json() {
        return ReportJson.write(this);
    }

    /** The inverse of {@link #json()}. */
    public static Report read(String json) {
        return ReportJson.read(json, Report.class);
    }

    /** {@code report.md}: the tables and the sentence for people. */
    public String markdown() {
        return Markdown.of(this);
    }
}
