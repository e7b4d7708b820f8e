package dev.normforge.search;

import dev.normforge.evolution.Beginning;
import dev.normforge.evolution.Evolution;
import dev.normforge.evolution.Member;
import dev.normforge.evolution.Window;
import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.SearchSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a birth started from, which no row says: recomputed, as a replay does, from specification, seed, birth and the window
 * that it saw. Reads that window and no more of the history.
 */
@Repository
public class Tournaments {

    private final JdbcClient jdbc;
    private final Searches searches;

    Tournaments(JdbcClient jdbc, Searches searches) {
        this.jdbc = jdbc;
        this.searches = searches;
    }

    /** @param ordinal its arrival */
    public record Seen(int ordinal, Member member) {
    }

    /** What there is to tell. */
    public sealed interface Told {

        /** Arrivals that the proposal could see. */
        int seen();
    }

    /**
     * Where a birth comes from.
     *
     * @param window the youngest scored arrivals that it saw, oldest first
     */
    public record Origin(SearchSpec.Strategy strategy, int seen, List<Seen> window, Beginning beginning)
            implements
                Told {
        public Origin {
            window = List.copyOf(window);
        }
    }

    /** @param why another version of the program made the search, or its rows were changed since */
    public record Unknown(int seen, String why) implements Told {
    }

    private record Born(int seen, @Nullable Integer parent, @Nullable String difference) {
    }

    /** Empty where the search has no such birth. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Told> find(SearchId id, int birth) {
        return jdbc.sql("""
                select c.seen, c.parent_birth, s.evolution, s.simplifier
                  from candidate c join search s on s.id = c.search_id
                 where c.search_id = :id and c.birth = :birth""").param("id", id.value()).param("birth", birth)
                .query((row, _) -> new Born(row.getInt(1), row.getObject(2, Integer.class),
                        Versions.difference(Kind.SEARCH, row.getInt(3), row.getInt(4))))
                .optional().map(born -> told(id, birth, born));
    }

    private Told told(SearchId id, int birth, Born born) {
        if (born.difference() != null) {
            return new Unknown(born.seen(), "This search was %s.".formatted(born.difference()));
        }
        var spec = searches.spec(id);
        int capacity = spec.strategy().window();
        var members = window(id, born.seen(), capacity);
        // Where fewer than the window holds are found, that is all that were scored; else founding is over anyway.
        var window = new Window(capacity, members.stream().map(Seen::member).toList(), members.size());
        var beginning = new Evolution(spec.space(), spec.strategy(), spec.seed()).beginning(birth, window);
        var parent = beginning instanceof Beginning.Contest contest ? (Integer) contest.winner().birth() : null;
        return Objects.equals(parent, born.parent())
                ? new Origin(spec.strategy(), born.seen(), members, beginning)
                : new Unknown(born.seen(),
                        "The stored parent is %s, the recomputed one %s: rows of this search were changed.".formatted(
                                born.parent(), parent));
    }

    private List<Seen> window(SearchId id, int seen, int capacity) {
        return jdbc.sql("""
                select a.ordinal, a.birth, a.correct, a.total, c.genotype
                  from arrival a join candidate c on c.search_id = a.search_id and c.birth = a.birth
                 where a.search_id = :id and a.ordinal <= :seen and a.correct is not null
                 order by a.ordinal desc limit :capacity""")
                .param("id", id.value()).param("seen", seen).param("capacity", capacity).query(Tournaments::seen)
                .list().reversed();
    }

    private static Seen seen(ResultSet row, int number) throws SQLException {
        var counts = new Counts(List.of((Integer[]) row.getArray("correct").getArray()),
                List.of((Integer[]) row.getArray("total").getArray()));
        return new Seen(row.getInt("ordinal"), new Member(row.getInt("birth"),
                LayerGraph.unpacked(row.getBytes("genotype")), counts.accuracies()));
    }
}
