package dev.normforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresSurvivesTest {

    /** Shared: a new cluster costs seconds, and every test leaves it stopped. */
    @TempDir(cleanup = CleanupMode.ALWAYS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private static Path home;

    @Test
    void rowsAndDurabilityOutliveARestart() throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.in(home, "1")) {
            execute(postgres, "create table if not exists kept as select 42 as answer");
        }
        assertThat(RunningPostgres.of(data())).isEmpty();

        try (var postgres = EmbeddedPostgres.in(home, "1")) {
            assertThat(read(postgres, "select answer from kept")).isEqualTo("42");
            assertThat(read(postgres, "show fsync")).isEqualTo("on");
            assertThat(read(postgres, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void aKilledServiceLeavesAServerThatTheNextOneAttachesToAndStops() throws Exception {
        var killed = KeptPostgres.start(home, "1");
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        var orphan = RunningPostgres.of(data()).orElseThrow();

        try (var postgres = EmbeddedPostgres.in(home, "1")) {
            assertThat(postgres.url()).contains(":" + orphan.port() + "/");
            execute(postgres, "create table if not exists after_kill (n int)");
        }
        assertThat(orphan.process().isAlive()).isFalse();
    }

    @Test
    void theFirstOfTwoServicesToLeaveDoesNotStopTheServer() throws Exception {
        var other = KeptPostgres.start(home, "1");
        EmbeddedPostgres.in(home, "1").close();
        var server = RunningPostgres.of(data()).orElseThrow();

        other.getOutputStream().close();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void aServiceOfAnotherVersionIsRefusedInOneLine() throws Exception {
        var other = KeptPostgres.start(home, "1");

        assertThatThrownBy(() -> EmbeddedPostgres.in(home, "2")).isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("which a service of version 1 uses; expected version 2")
                .hasMessageNotContaining("\n");

        other.getOutputStream().close();
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anUnfinishedClusterIsMadeAnew() throws SQLException, IOException {
        PostgresBinaries.delete(data());
        Files.createDirectories(data());
        Files.writeString(data().resolve("postgresql.conf"), "killed in the middle of initdb");

        try (var postgres = EmbeddedPostgres.in(home, "1")) {
            assertThat(read(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aLeftOverNumberOfAnotherProcessIsNotInTheWay() throws SQLException, IOException {
        EmbeddedPostgres.in(home, "1").close();
        Files.writeString(data().resolve("postmaster.pid"),
                "%d%n%s%n0%n1%n".formatted(ProcessHandle.current().pid(), data()));

        try (var postgres = EmbeddedPostgres.in(home, "1")) {
            assertThat(read(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aHomeThatIsAFileIsRefusedInOneLine() throws IOException {
        var file = Files.createFile(home.resolve("file"));

        assertThatThrownBy(() -> EmbeddedPostgres.in(file, "1")).isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageStartingWith("home is " + file).hasMessageNotContaining("\n");
    }

    private static Path data() {
        return home.resolve("postgres-17");
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.url());
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
