package dev.normforge.search;

import dev.normforge.front.Entrant;
import dev.normforge.front.ParetoFront;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who stood on the front from which arrival to which. */
@Repository
class FrontRepository {

    private final JdbcClient jdbc;

    FrontRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The front now. */
    ParetoFront now(SearchId search) {
        return new ParetoFront(jdbc.sql("""
                select s.birth, a.correct, a.total from front_stay s
                  join arrival a on a.search_id = s.search_id and a.birth = s.birth
                 where s.search_id = :search and s.left_at is null order by s.entered, s.birth""")
                .param("search", search.value()).query(FrontRepository::entrant).list());
    }

    private static Entrant entrant(ResultSet row, int number) throws SQLException {
        var counts = new Counts(List.of((Integer[]) row.getArray("correct").getArray()),
                List.of((Integer[]) row.getArray("total").getArray()));
        return new Entrant(row.getInt("birth"), counts.scores());
    }

    /** Records what an arrival changed: nothing where the births are the same. */
    void change(SearchId search, ParetoFront before, ParetoFront after, int ordinal, int arrived) {
        var was = births(before);
        var is = births(after);
        if (was.equals(is)) {
            return;
        }
        for (int birth : minus(was, is)) {
            jdbc.sql("""
                    update front_stay set left_at = :ordinal, displaced_by = :by
                     where search_id = :search and birth = :birth and left_at is null""")
                    .param("ordinal", ordinal).param("by", arrived).param("search", search.value())
                    .param("birth", birth).update();
        }
        for (int birth : minus(is, was)) {
            jdbc.sql("insert into front_stay (search_id, birth, entered) values (:search, :birth, :ordinal)")
                    .param("search", search.value()).param("birth", birth).param("ordinal", ordinal).update();
        }
        jdbc.sql("""
                insert into front_size (search_id, ordinal, members, hypervolume)
                values (:search, :ordinal, :members, :hypervolume)""")
                .param("search", search.value()).param("ordinal", ordinal).param("members", is.size())
                .param("hypervolume", after.hypervolume()).update();
    }

    private static Set<Integer> births(ParetoFront front) {
        return front.members().stream().map(Entrant::birth).collect(Collectors.toSet());
    }

    private static Set<Integer> minus(Set<Integer> one, Set<Integer> other) {
        var rest = new HashSet<>(one);
        rest.removeAll(other);
        return rest;
    }
}
