package dev.normforge.worker.training;

import dev.normforge.protocol.Corruption;
import dev.normforge.worker.data.Images;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Images as they are looked at outside of training: whole and not mirrored.
 *
 * @param corruption what is done to them, null for nothing
 */
record View(Images.Range range, @Nullable Corruption corruption) {

    /** Parts of nearly equal size, at most {@code most} images each. */
    List<View> parts(int most) {
        int parts = (range.count() + most - 1) / most;
        return IntStream.range(0, parts).mapToObj(part -> {
            int from = (int) ((long) range.count() * part / parts);
            int to = (int) ((long) range.count() * (part + 1) / parts);
            return new View(new Images.Range(range.from() + from, to - from), corruption);
        }).toList();
    }
}
