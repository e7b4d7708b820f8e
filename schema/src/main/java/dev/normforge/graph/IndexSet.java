package dev.normforge.graph;

/** Over which axes of (batch, channel, height, width) an aggregation runs. The order is part of the codes. */
public enum IndexSet {
    /** Per channel, over batch and space: the statistics of BatchNorm. */
    BATCH("bwh"),
    /** Per sample, over channels and space: LayerNorm. */
    LAYER("whc"),
    /** Per sample and channel, over space: InstanceNorm. */
    INSTANCE("wh"),
    /** Per sample and group of channels, over space: GroupNorm. */
    GROUP("whc/g");

    private final String over;

    IndexSet(String over) {
        this.over = over;
    }

    /** Its name in a layer file. */
    public String over() {
        return over;
    }
}
