package dev.normforge.graph;

/**
 * Over which axes a value really varies. It decides the shape a node is computed in (nothing is broadcast early), which
 * rewrites are sound (a mean over axes that do not vary is the identity) and the cost.
 *
 * <p>A value that varies over space varies over batch and channel too, since only x brings space in.
 */
public record Extent(boolean batch, Channel channel, boolean space) {

    /** How a value varies over channels; ordered, the wider one wins. */
    public enum Channel {
        NONE, GROUP, FULL
    }

    public static final Extent SCALAR = new Extent(false, Channel.NONE, false);
    public static final Extent PER_CHANNEL = new Extent(false, Channel.FULL, false);
    public static final Extent FULL = new Extent(true, Channel.FULL, true);

    /** The extent of an operation's result. */
    static Extent of(Primitive op, Extent... inputs) {
        return switch (op) {
            case Elementwise _ -> inputs.length == 1 ? inputs[0] : inputs[0].join(inputs[1]);
            case Aggregation(var _, var over) -> inputs[0].after(over);
        };
    }

    /** The extent of an element-wise combination. */
    public Extent join(Extent other) {
        var wider = channel.compareTo(other.channel) >= 0 ? channel : other.channel;
        return new Extent(batch || other.batch, wider, space || other.space);
    }

    /** What an aggregation over {@code over} leaves. */
    public Extent after(IndexSet over) {
        return switch (over) {
            case BATCH -> new Extent(false, channel, false);
            case LAYER -> new Extent(batch, Channel.NONE, false);
            case INSTANCE -> new Extent(batch, channel, false);
            case GROUP -> new Extent(batch, channel == Channel.NONE ? Channel.NONE : Channel.GROUP, false);
        };
    }

    /** Whether a mean over {@code over} changes nothing, because the value is constant over those axes. */
    public boolean constantOver(IndexSet over) {
        return switch (over) {
            case BATCH -> !batch && !space;
            case LAYER -> channel == Channel.NONE && !space;
            case INSTANCE -> !space;
            case GROUP -> channel != Channel.FULL && !space;
        };
    }

    /** Whether it is as large as x: (N, C, H, W). */
    public boolean isFull() {
        return equals(FULL);
    }

    /** Its shape for people: {@code N C H W}, with 1 for an axis it does not vary over and G for groups of channels. */
    public String text() {
        var channels = switch (channel) {
            case NONE -> "1";
            case GROUP -> "G";
            case FULL -> "C";
        };
        return "%s %s %s".formatted(batch ? "N" : "1", channels, space ? "H W" : "1 1");
    }
}
