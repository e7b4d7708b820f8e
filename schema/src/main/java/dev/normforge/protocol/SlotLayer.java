package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.normforge.graph.LayerGraph;

/** What stands in every normalization-activation slot of an anchor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = SlotLayer.Graph.class, name = "graph"),
        @JsonSubTypes.Type(value = SlotLayer.Native.class, name = "native")})
public sealed interface SlotLayer {

    /** A graph of the search space, simplified before it is trained. */
    record Graph(LayerGraph nodes) implements SlotLayer {
    }

    /** A layer that is written by hand in the worker. */
    record Native(NativeLayer layer) implements SlotLayer {
    }
}
