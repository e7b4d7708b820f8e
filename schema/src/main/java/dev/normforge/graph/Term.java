package dev.normforge.graph;

import java.util.List;
import java.util.stream.Stream;

/** One value of a phenotype: an input, a constant, or an applied operation, with the axes it varies over. */
public sealed interface Term {

    Extent extent();

    /** x, v0 or v1. */
    record Input(Source source) implements Term {
        private static final List<Input> ALL = Stream.of(Source.values()).map(Input::new).toList();

        /** By ordinal of its source. */
        static Input of(int source) {
            return ALL.get(source);
        }

        @Override
        public Extent extent() {
            return source == Source.X ? Extent.FULL : Extent.PER_CHANNEL;
        }
    }

    /** The inputs that survive simplification; the constant zero becomes a {@link Constant}. */
    enum Source {
        X, V0, V1
    }

    /** A number known before anything is trained. */
    record Constant(double value) implements Term {
        @Override
        public Extent extent() {
            return Extent.SCALAR;
        }
    }

    /**
     * An operation on earlier terms.
     *
     * @param inputs positions of its inputs in {@link Phenotype#terms()}, all smaller than its own
     */
    record Apply(Primitive op, List<Integer> inputs, Extent extent) implements Term {
        public Apply {
            inputs = List.copyOf(inputs);
        }
    }
}
