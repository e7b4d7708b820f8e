package dev.normforge.report;

import dev.normforge.report.Calibration.Separation.Answer;
import dev.normforge.report.Report.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, in one sentence that claims no more than its numbers do. A layer beats BN-ReLU beyond noise if the
 * 95 % interval of the difference, paired over common seeds, lies above zero on the test images, which selected nobody (on
 * the confirm images where there are no test counts).
 */
final class Sentence {

    private Sentence() {
    }

    static String of(String data, String ending, @Nullable String note, @Nullable Calibration calibration,
            List<Entry> confirmed, List<Entry> references) {
        var clauses = new ArrayList<String>();
        clauses.add(prefix(data, ending) + finding(ending, note, confirmed, references));
        if (calibration != null && calibration.separation().answer() == Answer.NO && !confirmed.isEmpty()) {
            clauses.add("but calibration did not tell normalization from none here, so this means little");
        }
        var sentence = String.join("; ", clauses);
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
    }

    private static String prefix(String data, String ending) {
        var prefix = data.equals("synthetic") ? "on synthetic images, which say nothing about real ones: " : "";
        return prefix + switch (ending) {
            case "CANCELLED" -> "the search was cancelled; ";
            case "FAILED" -> "the search failed; ";
            case "EXHAUSTED" -> "nothing trainable was proposed for long; ";
            default -> "";
        };
    }

    private static String finding(String ending, @Nullable String note, List<Entry> confirmed,
            List<Entry> references) {
        if (confirmed.isEmpty()) {
            return note == null || ending.equals("COMPLETED")
                    ? "no layer was confirmed"
                    : "no layer was confirmed: " + note;
        }
        var best = confirmed.getFirst();
        var compared = confirmed.stream().map(Sentence::difference).filter(Objects::nonNull).toList();
        var difference = difference(best);
        if (difference == null) {
            return "%s confirmed, the best is %s with %s, but BN-ReLU was not trained beside %s".formatted(
                    counted(confirmed.size()) + (confirmed.size() == 1 ? " was" : " were"), best.layer(),
                    percent(best.confirm()), confirmed.size() == 1 ? "it" : "them");
        }
        long beat = compared.stream().filter(each -> each.low() > 0).count();
        return "%d of %d confirmed %s BN-ReLU beyond noise; the best by confirm score, %s, is %s (%s)".formatted(beat,
                confirmed.size(), confirmed.size() == 1 ? "layer beats" : "layers beat", best.layer(),
                points(difference), basis(best, difference, confirmed.size(), references));
    }

    private static @Nullable Interval difference(Entry entry) {
        return entry.testBeyondBnRelu() == null ? entry.beyondBnRelu() : entry.testBeyondBnRelu();
    }

    private static String counted(int layers) {
        return layers == 1 ? "1 layer" : layers + " layers";
    }

    private static String percent(@Nullable Interval accuracy) {
        return accuracy == null
                ? "no score"
                : String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f)", 100 * accuracy.mean(), 100 * accuracy.low(),
                        100 * accuracy.high());
    }

    private static String points(Interval difference) {
        double points = Math.round(1000 * difference.mean()) / 10.0;
        return points == 0
                ? "level with it"
                : String.format(Locale.ROOT, "%.1f points %s it", Math.abs(points), points > 0 ? "above" : "below");
    }

    private static String basis(Entry best, Interval difference, int layers, List<Entry> references) {
        long seeds = seeds(best, references);
        return String.format(Locale.ROOT, "95 %% interval %+.1f to %+.1f, %s images, %d common seed%s%s",
                100 * difference.low(), 100 * difference.high(),
                best.testBeyondBnRelu() == null ? "confirm" : "test", seeds, seeds == 1 ? "" : "s",
                layers == 1 ? "" : ", not corrected for looking at %d layers".formatted(layers));
    }

    private static long seeds(Entry best, List<Entry> references) {
        var theirs = references.stream().filter(entry -> entry.layer().equals(Calibrating.NORMALIZED))
                .flatMap(entry -> entry.counts().stream()).filter(count -> count.round() > 0)
                .map(Report.Counted::seed).distinct().toList();
        return best.counts().stream().filter(count -> count.round() > 0).map(Report.Counted::seed).distinct()
                .filter(theirs::contains).count();
    }
}
