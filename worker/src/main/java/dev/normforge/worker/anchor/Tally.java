package dev.normforge.worker.anchor;

import dev.normforge.protocol.Measured.NetworkSize;

/** Adds up what the blocks of a network say of themselves. */
final class Tally {

    private long flops;
    private long layerParameters;
    private long layerFlops;

    /** Operations outside of the slots. */
    void add(long operations) {
        flops += operations;
    }

    /** A slot: numbers that it trains, and its operations. */
    void addLayer(long parameters, long operations) {
        layerParameters += parameters;
        layerFlops += operations;
    }

    /** @param parameters of the whole network */
    NetworkSize size(long parameters) {
        return new NetworkSize(parameters, flops + layerFlops, layerParameters, layerFlops);
    }
}
