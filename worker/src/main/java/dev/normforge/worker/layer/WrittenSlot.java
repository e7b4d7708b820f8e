package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.NativeLayer.Parameter;
import dev.normforge.worker.engine.Constants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot whose layer is written by hand. */
final class WrittenSlot implements Slot {

    private final NativeLayer layer;
    private final Written written;
    private final List<SlotParameter> parameters;

    WrittenSlot(NativeLayer layer, int channels, Numerics numerics, Constants constants) {
        if (channels < 1) {
            throw new IllegalArgumentException("channels is %d, expected at least 1".formatted(channels));
        }
        this.layer = layer;
        this.written = written(layer, channels, numerics, constants);
        this.parameters = layer.parameters().stream().map(parameter -> trained(parameter, channels, numerics)).toList();
    }

    private static Written written(NativeLayer layer, int channels, Numerics numerics, Constants constants) {
        var standardizer = new Standardizer(channels, numerics, constants);
        return switch (layer) {
            case BN_RELU -> new NormalizedActivation(IndexSet.BATCH, Activation.RELU, standardizer, constants);
            case GN_RELU -> new NormalizedActivation(IndexSet.GROUP, Activation.RELU, standardizer, constants);
            case LN_RELU -> new NormalizedActivation(IndexSet.LAYER, Activation.RELU, standardizer, constants);
            case IN_RELU -> new NormalizedActivation(IndexSet.INSTANCE, Activation.RELU, standardizer, constants);
            case BN_SILU -> new NormalizedActivation(IndexSet.BATCH, Activation.SILU, standardizer, constants);
            case GN_SILU -> new NormalizedActivation(IndexSet.GROUP, Activation.SILU, standardizer, constants);
            case BCN_RELU, BCN_ESTIMATE_RELU ->
                new BatchChannelRelu(standardizer, numerics.groupsFor(channels), constants);
            case HALF_IN_LEAKY -> HalfInstanceLeakyRelu.of(channels, numerics, constants);
            case FRN_TLU -> new FilterResponseThreshold(standardizer, constants);
            case BRN_RELU -> new BatchRenormRelu(standardizer, numerics.epsilon(), constants);
        };
    }

    private static SlotParameter trained(Parameter parameter, int channels, Numerics numerics) {
        return switch (parameter.per()) {
            case CHANNEL -> SlotParameter.perChannel(channels, parameter.start());
            case NORMALIZED_CHANNEL ->
                SlotParameter.perChannel(HalfInstanceLeakyRelu.normalized(channels), parameter.start());
            case GROUP -> SlotParameter.perGroup(numerics.groupsFor(channels), parameter.start());
        };
    }

    @Override
    public List<SlotParameter> parameters() {
        return parameters;
    }

    @Override
    public @Nullable BatchStatistics ownStatistics() {
        return layer.statistics();
    }

    @Override
    public NDArray forward(NDArray x, List<NDArray> all, BatchMoments moments) {
        var scope = x.getManager();
        // A scope of its own: memory of values in between is used again while it is in the cache.
        try (var inner = scope.newSubManager()) {
            x.attach(inner);
            var y = written.forward(x, all, moments);
            y.attach(scope);
            x.attach(scope);
            return y;
        }
    }

    @Override
    public long flops(int height, int width) {
        return written.flops((long) height * width);
    }
}
