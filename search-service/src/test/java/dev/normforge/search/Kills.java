package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does something again and again, killed at its first statement, at its second, and so on, until it gets through. */
final class Kills {

    /** A fingerprint of all rows, in one statement: a connection is opened for each. */
    private static final String ROWS = Stream
            .of("search", "candidate", "evaluation", "outcome", "arrival", "front_stay", "front_size", "funnel",
                    "scheduled_tasks", "proxy", "phenotype")
            .map(table -> """
                    select '%1$s ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from %1$s t
                    """
                    .formatted(table))
            .collect(Collectors.joining("union all "));

    private Kills() {
    }

    /**
     * Each attempt that was killed must leave every row as it was.
     *
     * @return how many statements it has
     */
    static int atEveryStatement(FailingDataSource source, JdbcClient watch, Runnable step) {
        int boundary = 0;
        while (true) {
            List<String> before = watch.sql(ROWS).query(String.class).list();
            source.dieAfter(boundary);
            boolean whole = survives(step);
            boolean died = source.died();
            source.live();
            if (!died) {
                assertThat(whole).isTrue();
                return boundary;
            }
            assertThat(watch.sql(ROWS).query(String.class).list()).as("killed at statement %d", boundary)
                    .isEqualTo(before);
            boundary++;
        }
    }

    private static boolean survives(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException killed) {
            return false;
        }
    }
}
