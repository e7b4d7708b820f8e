package dev.normforge.search;

import dev.normforge.protocol.SearchSpec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A search's row as its coordinator holds it locked.
 *
 * @param kind decides what a step of it is; a comparison has neither births nor arrivals nor an end of evolution
 * @param specification a search's, read when it is asked for: another version's may be of a shape that this program cannot read
 * @param evolution version of the proposal code that made it
 * @param simplifier version of the rewrite rules, likewise
 * @param births proposals made so far
 * @param arrivals results absorbed so far
 * @param activeMillis time spent running, this step's share included
 * @param clockDue whether the row's clock wants to be brought up to date
 * @param end why evolution ended; null before it did
 */
record SearchHead(SearchId id, Kind kind, Supplier<SearchSpec> specification, int evolution, int simplifier,
        Phase phase,
        Intent intent, int births, int arrivals, long activeMillis, boolean clockDue, @Nullable EvolutionEnd end) {

    SearchSpec spec() {
        return specification.get();
    }

    /** Why no further layers are proposed. */
    enum EvolutionEnd {
        BUDGET, EXHAUSTED, FAILURES
    }
}
