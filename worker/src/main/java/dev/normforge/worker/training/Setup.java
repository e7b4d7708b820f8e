package dev.normforge.worker.training;

import ai.djl.ndarray.types.DataType;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.SlotFactory;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that decides a training, and what is looked at, which does not.
 *
 * @param observation null for nothing
 */
record Setup(Torch torch, Function<Constants, SlotFactory> layers, AnchorSpec anchor, ProxySpec proxy, Images images,
        long seed, Layout layout, DataType type, @Nullable Observation observation) {

    /** Weights of the anchors differ, those of layers do not. */
    long weightSeed() {
        return 31 * seed + anchor.name().hashCode();
    }

    Task task() {
        return Task.of(anchor.family());
    }

    /** Averages that are asked for at the end, and so must be followed from the start. */
    List<BatchStatistics.Moving> watched() {
        return observation == null
                ? List.of()
                : observation.readings().stream().flatMap(reading -> reading
                        .statistics() instanceof BatchStatistics.Moving moving ? Stream.of(moving) : Stream.empty())
                        .distinct().toList();
    }
}
