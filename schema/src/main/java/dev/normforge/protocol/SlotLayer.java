package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The layer that comes with the program under this name, of either kind. */
    static Optional<SlotLayer> named(String name) {
        return NamedLayers.find(name).<SlotLayer>map(Graph::new)
                .or(() -> NativeLayer.find(name).map(Native::new));
    }

    /** All names of layers that come with the program: graphs, then native ones. */
    static List<String> names() {
        return Stream.concat(NamedLayers.names().stream(), NativeLayer.labels().stream()).toList();
    }
}
