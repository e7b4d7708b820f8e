package dev.normforge.graph;

/** A complete layer: its graph and the numbers that give it meaning. What a layer file holds. */
public record Layer(LayerGraph graph, Numerics numerics) {
}
