package dev.normforge.evolution;

import java.util.List;

/** What a proposal starts from, before anything is mutated. */
public sealed interface Beginning {

    /** A new random graph. @param founding whether it had to be one, since too few layers were scored; else by chance */
    record Fresh(boolean founding) implements Beginning {
    }

    /**
     * The winner of a tournament.
     *
     * @param drawn the subset of the window, in the order of the draw
     * @param best those of it that the criterion left to chance: of the highest mean, or not dominated
     * @param winner one of them
     */
    record Contest(List<Member> drawn, List<Member> best, Member winner) implements Beginning {
        public Contest {
            drawn = List.copyOf(drawn);
            best = List.copyOf(best);
        }
    }
}
