package dev.normforge.search;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result of evolution in the order in which the coordinator absorbed it.
 *
 * @param ordinal dense, from 1
 * @param source how it came about
 * @param evaluation whose outcome it is; for an inherited one, where its counts come from
 * @param pooled counts of its phenotype over all replicates so far; null: did not enter the window
 * @param steps training steps it cost, the audit's included
 * @param auditSteps of these, steps spent after a refusal
 * @param millis on the device
 */
record Arrival(int ordinal, int birth, Source source, long evaluation, @Nullable Counts pooled, long steps,
        long auditSteps, long millis) {

    /**
     * Where an arrival comes from. {@code FAILED}: nobody learned anything, and it may be the layer's doing: its phenotype is
     * not ordered again. {@code LOST}: the layer had nothing to do with it and may be ordered again.
     */
    enum Source {
        SCORED, REJECTED, FAILED, LOST, INHERITED, AUDIT;

        private static final Set<String> NOT_ITS_DOING = Set.of("worker-lost", "data-unavailable", "cancelled");

        /** Of an outcome of purpose EVOLUTION. */
        static Source of(String kind, @Nullable String reason) {
            return switch (kind) {
                case "SCORED" -> SCORED;
                case "REJECTED" -> REJECTED;
                case "FAILED" -> reason != null && NOT_ITS_DOING.contains(reason) ? LOST : FAILED;
                default -> throw new IllegalStateException("outcome kind is %s".formatted(kind));
            };
        }

        /** Whether an order to train was answered. */
        boolean trained() {
            return switch (this) {
                case SCORED, REJECTED, FAILED, LOST -> true;
                case INHERITED, AUDIT -> false;
            };
        }
    }
}
