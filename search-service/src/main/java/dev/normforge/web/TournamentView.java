package dev.normforge.web;

import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal started from.
 *
 * @param kind FOUNDING: random, since fewer than {@code initialRandom} layers were scored; CHANCE: random, which happens with
 *        probability {@code freshProbability}; TOURNAMENT; UNKNOWN: this program cannot recompute it, and {@code note} says why
 * @param seen how many arrivals the proposal could see
 * @param rules null where UNKNOWN
 * @param window the youngest scored arrivals that it saw, oldest first
 * @param drawn in the order of the draw, without replacement; empty unless TOURNAMENT
 * @param note null unless UNKNOWN
 */
record TournamentView(int birth, Kind kind, int seen, @Nullable Rules rules, List<Member> window, List<Drawn> drawn,
        @Nullable String note) {

    enum Kind {
        FOUNDING, CHANCE, TOURNAMENT, UNKNOWN
    }

    TournamentView {
        window = List.copyOf(window);
        drawn = List.copyOf(drawn);
    }

    /**
     * How this search chooses parents.
     *
     * @param criterion how a tournament is won: by the highest MEAN, or by a draw among the score vectors that no other of the
     *        drawn dominates (PARETO)
     * @param tournamentShare of the window that is drawn, at least two
     * @param window its capacity
     */
    record Rules(Criterion criterion, double tournamentShare, int window, double freshProbability,
            int initialRandom) {
    }

    /**
     * @param ordinal its arrival
     * @param mean accuracy over the anchors
     */
    record Member(int birth, int ordinal, double mean) {
    }

    /**
     * @param best whether the criterion put none of the drawn above it
     * @param winner whether it became the parent
     */
    record Drawn(int birth, int ordinal, @Nullable String formula, List<Double> accuracies, double mean, boolean best,
            boolean winner) {
        Drawn {
            accuracies = List.copyOf(accuracies);
        }
    }
}
