package dev.normforge.worker.training;

import dev.normforge.protocol.AnchorScore.Count;
import org.jspecify.annotations.Nullable;

/**
 * What was counted on some images.
 *
 * @param correct classified rightly or, where images are restored, nearer to the original than they went in
 * @param decibels sum of the restored images' PSNR; null for a classifier
 */
record Tally(int correct, int total, @Nullable Double decibels) {

    Tally plus(Tally other) {
        return new Tally(correct + other.correct, total + other.total,
                decibels == null || other.decibels == null ? null : Double.valueOf(decibels + other.decibels));
    }

    Count count() {
        return new Count(correct, total);
    }

    /** Mean in decibel; null for a classifier. */
    @Nullable
    Double psnr() {
        return decibels == null ? null : decibels / total;
    }
}
