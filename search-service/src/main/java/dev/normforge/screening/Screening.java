package dev.normforge.screening;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.SearchSpec;

/** Static rules, numeric probe, stack probe, in order of cost. Deterministic and thread-safe. */
public final class Screening {

    private final SearchSpec.Space space;
    private final SearchSpec.Screen screen;
    private final Numerics numerics;

    public Screening(SearchSpec.Space space, SearchSpec.Screen screen, Numerics numerics) {
        this.space = space;
        this.screen = screen;
        this.numerics = numerics;
    }

    public Verdict screen(LayerGraph graph) {
        throw new UnsupportedOperationException("not yet " + space + screen + numerics + graph);
    }
}
