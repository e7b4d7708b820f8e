package dev.normforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

class NewerTablesAreLeftAloneTest {

    @RegisterExtension
    final TestDatabase database = new TestDatabase();

    private JdbcTemplate jdbc;
    private Flyway flyway;

    @BeforeEach
    void connect() {
        jdbc = new JdbcTemplate(database.dataSource());
        flyway = Flyway.configure().dataSource(database.dataSource()).load();
    }

    @Test
    void theProgramsOwnTablesAreTaken() {
        SchemaVersion.migrate(flyway);

        assertThat(flyway.info().pending()).isEmpty();
    }

    @Test
    void aNewerVersionIsNamedBesideTheKnownOne() {
        var own = flyway.info().current().getVersion();
        jdbc.update("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                                                   installed_by, execution_time, success)
                values (1000, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1, 'test', 1, true)
                """);

        assertThatThrownBy(() -> SchemaVersion.migrate(flyway)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema version 999, expected at most " + own);
    }
}
