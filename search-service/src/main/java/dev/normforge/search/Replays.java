package dev.normforge.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Recomputes every proposal of a search from its specification, its seed and its arrivals: the graph, where it came from,
 * what screening said of it, whether it was trained, with which seed, floor and audit, or what it inherited; and the pooled
 * counts of every arrival from the counts of its own evaluation.
 */
@Component
public class Replays {

    private static final int PAGE = 2000;
    private static final int MOST_DIFFERENCES = 20;

    private final TransactionTemplate snapshot;
    private final Searches searches;
    private final ReplayRepository rows;
    private final ArrivalRepository arrivals;

    Replays(PlatformTransactionManager transactions, Searches searches, ReplayRepository rows,
            ArrivalRepository arrivals) {
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
        this.searches = searches;
        this.rows = rows;
        this.arrivals = arrivals;
    }

    /**
     * What a replay found.
     *
     * @param births proposals recomputed
     * @param arrivals results taken in on the way
     * @param differences one line each, at most 20: what is stored and what was recomputed; empty if they agree exactly
     */
    public record Agreement(int births, int arrivals, List<String> differences) {
        public Agreement {
            differences = List.copyOf(differences);
        }

        public boolean exact() {
            return differences.isEmpty();
        }
    }

    /**
     * Replays a search as far as it has come, also while it runs.
     *
     * @throws NoSuchSearchException
     * @throws IllegalStateException where another version of evolution or simplifier made the search
     */
    public Agreement replay(SearchId id) {
        searches.get(id);
        var agreement = snapshot.execute(_ -> replayed(id));
        return Objects.requireNonNull(agreement, "a replay always returns");
    }

    private Agreement replayed(SearchId id) {
        var versions = rows.versions(id);
        var difference = Versions.difference(Kind.SEARCH, versions.evolution(), versions.simplifier());
        if (difference != null) {
            throw new IllegalStateException("search %s was %s".formatted(id, difference));
        }
        return new Run(id).run();
    }

    /** One replay: births and arrivals merged by what each birth saw. */
    private final class Run {
        private final SearchId id;
        private final Proposing proposing;
        private final Knowledge knowledge;
        private final List<Arrival> coming = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        private int next;
        private int taken;

        Run(SearchId id) {
            this.id = id;
            var spec = searches.spec(id);
            this.proposing = new Proposing(spec);
            this.knowledge = new Knowledge(spec);
        }

        Agreement run() {
            coming.addAll(arrivals.after(id, 0));
            var own = rows.ownCounts(id);
            int births = 0;
            for (var page = rows.births(id, 0, PAGE); !page.isEmpty(); page = rows.births(id, births, PAGE)) {
                for (var stored : page) {
                    if (!birth(births, stored, own) || differences.size() >= MOST_DIFFERENCES) {
                        return agreement(births);
                    }
                    births++;
                }
            }
            take(Integer.MAX_VALUE, own);
            if (rows.versions(id).births() != births) {
                differ("search", "%d births".formatted(rows.versions(id).births()), "%d".formatted(births));
            }
            return agreement(births);
        }

        /** @return false where nothing after it can be compared */
        private boolean birth(int number, ReplayRepository.Row stored, ReplayRepository.OwnCounts own) {
            if (stored.birth() != number || stored.seen() < taken) {
                differ("birth " + number, "birth %d, seen %d".formatted(stored.birth(), stored.seen()),
                        "birth %d, seen at least %d".formatted(number, taken));
                return false;
            }
            if (!take(stored.seen(), own)) {
                return false;
            }
            var birth = proposing.next(knowledge);
            compare(stored, ReplayRepository.Row.of(birth, searches.spec(id)));
            knowledge.after(birth.known());
            return true;
        }

        private boolean take(int seen, ReplayRepository.OwnCounts own) {
            while (next < coming.size() && coming.get(next).ordinal() <= seen) {
                var arrival = coming.get(next++);
                if (arrival.ordinal() != taken + 1 || !knowledge.awaits(arrival)) {
                    differ("arrival " + arrival.ordinal(), "birth %d".formatted(arrival.birth()),
                            "ordinal %d of a birth that waits".formatted(taken + 1));
                    return false;
                }
                var pooled = knowledge.expected(arrival, own.of(arrival.evaluation()));
                if (!Objects.equals(pooled, arrival.pooled())) {
                    differ("arrival " + arrival.ordinal(), String.valueOf(arrival.pooled()), String.valueOf(pooled));
                }
                knowledge.after(arrival);
                taken++;
            }
            if (seen != Integer.MAX_VALUE && taken != seen) {
                differ("arrival " + (taken + 1), "missing", "ordinals 1 to " + seen);
                return false;
            }
            return true;
        }

        private void compare(ReplayRepository.Row stored, ReplayRepository.Row again) {
            if (!stored.equals(again)) {
                differ("birth " + stored.birth(), stored.toString(), again.toString());
            }
        }

        private void differ(String where, String stored, String again) {
            differences.add("%s: stored %s, recomputed %s".formatted(where, stored, again));
        }

        private Agreement agreement(int births) {
            return new Agreement(births, taken, differences);
        }
    }
}
