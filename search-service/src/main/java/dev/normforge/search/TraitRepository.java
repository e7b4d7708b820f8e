package dev.normforge.search;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Trait;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** How many layers have which traits, counted as they are proposed, trained and found good enough to be trained to the end. */
@Repository
class TraitRepository {

    /** The row that counts every layer. */
    private static final String ANY = "any";

    private final JdbcClient jdbc;

    TraitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Tally(long proposed, long trained, long survived) {
        Tally plus(Tally other) {
            return new Tally(proposed + other.proposed, trained + other.trained, survived + other.survived);
        }
    }

    /** One step's additions. */
    static final class Additions {
        /** In the order of the names, so that rows are locked in one order. */
        private final Map<String, Tally> tallies = new TreeMap<>();

        void proposed(LayerGraph graph) {
            add(graph, new Tally(1, 0, 0));
        }

        /** @param toTheEnd whether it was scored; else it was rejected */
        void trained(LayerGraph graph, boolean toTheEnd) {
            add(graph, new Tally(0, 1, toTheEnd ? 1 : 0));
        }

        private void add(LayerGraph graph, Tally tally) {
            tallies.merge(ANY, tally, Tally::plus);
            Trait.of(graph).forEach(trait -> tallies.merge(trait.name(), tally, Tally::plus));
        }
    }

    void add(SearchId search, Additions additions) {
        if (additions.tallies.isEmpty()) {
            return;
        }
        var tallies = List.copyOf(additions.tallies.values());
        jdbc.sql("""
                insert into trait (search_id, trait, proposed, trained, survived)
                select :search, added.* from unnest(:traits, :proposed, :trained, :survived) as added
                on conflict (search_id, trait) do update set
                  proposed = trait.proposed + excluded.proposed,
                  trained = trait.trained + excluded.trained,
                  survived = trait.survived + excluded.survived""").param("search", search.value())
                .param("traits", new SqlArrayValue("text", additions.tallies.keySet().toArray()))
                .param("proposed", column(tallies, Tally::proposed)).param("trained", column(tallies, Tally::trained))
                .param("survived", column(tallies, Tally::survived)).update();
    }

    private static SqlArrayValue column(List<Tally> tallies, ToLongFunction<Tally> column) {
        return new SqlArrayValue("bigint", tallies.stream().map(column::applyAsLong).toArray());
    }

    /** Counts anew, with the funnel's anchors, where a program that did not count has gone on with the search. */
    void mend(SearchId search) {
        jdbc.sql("""
                select recount(s.id) from search s where s.id = :search and s.births <> coalesce(
                  (select proposed from trait t where t.search_id = s.id and t.trait = :any), 0)""")
                .param("search", search.value()).param("any", ANY).query((_, _) -> true).list();
    }
}
