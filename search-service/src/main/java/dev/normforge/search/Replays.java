package dev.normforge.search;

import org.springframework.stereotype.Component;

/** Recomputes every proposal of a search from its specification, its seed and its arrivals. */
@Component
public class Replays {

    /**
     * What a replay found.
     *
     * @param births proposals recomputed
     * @param differences one line each, at most 20: the birth, what is stored and what was recomputed; empty if they agree exactly
     */
    public record Agreement(int births, java.util.List<String> differences) {
        public boolean exact() {
            return differences.isEmpty();
        }
    }

    /**
     * @throws NoSuchSearchException
     * @throws IllegalStateException where another version of evolution or simplifier made the search
     */
    public Agreement replay(SearchId id) {
        throw new UnsupportedOperationException("not yet " + id);
    }
}
