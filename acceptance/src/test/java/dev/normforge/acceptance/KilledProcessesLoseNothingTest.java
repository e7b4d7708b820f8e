package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of a real search: it completes, counts nothing twice, and replays exactly. */
@Tag("long")
class KilledProcessesLoseNothingTest {

    private static final int KILLS = 10;
    private static final Duration LONG = Duration.ofMinutes(6);

    @TempDir
    private Path folder;
    private Path home;

    @BeforeEach
    void ownHome() {
        home = folder.resolve("home");
        home.toFile().mkdirs();
    }

    @Test
    void aKilledWorkerIsReplacedAndItsEvaluationRedone() throws Exception {
        var moments = new Random(7);
        try (var program = Program.serve(home); var database = program.database()) {
            create(program, "workers-die", 40);
            for (int kill = 0; kill < KILLS; kill++) {
                int from = arrivals(database, "workers-die");
                int next = from + moments.nextInt(3);
                Program.await(LONG, "arrival " + next, () -> arrivals(database, "workers-die") >= next);
                var training = new ArrayList<Long>();
                Program.await(LONG, "a worker that trains", () -> training.addAll(trainingWorkers(database)));
                var victim = ProcessHandle.of(training.get(moments.nextInt(training.size())));
                assertThat(victim.map(ProcessHandle::destroyForcibly)).as("kill " + kill).contains(true);
            }
            finish(program, database, "workers-die", home);
        }
    }

    @Test
    void aKilledServiceGoesOnWhereItWas() throws Exception {
        var moments = new Random(11);
        try (var program = Program.serve(home)) {
            create(program, "service-dies", 40);
            for (int kill = 0; kill < KILLS; kill++) {
                try (var database = program.database()) {
                    int from = progress(database, "service-dies");
                    int next = from + moments.nextInt(4);
                    Program.await(LONG, "outcome " + next, () -> progress(database, "service-dies") >= next);
                    assertThat(finished(database, "service-dies")).as("over before kill " + kill).isFalse();
                }
                program.kill();
                program.again();
            }
            try (var database = program.database()) {
                finish(program, database, "service-dies", home);
            }
        }
    }

    @Test
    void twoCoordinatorsOnOneDatabaseAdvanceOneSearchWithoutADuplicate() throws Exception {
        try (var one = Program.serve(home); var two = Program.serve(home); var database = one.database()) {
            create(one, "two-coordinators", 30);
            finish(two, database, "two-coordinators", home);
        }
    }

    static void create(Program program, String name, int candidates) throws Exception {
        var response = program.post("/api/v1/searches", """
                {"name": "%s", "preset": "smoke", "data": "synthetic", "seed": 5, "budget": {"candidates": %d}}
                """.formatted(name, candidates));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    static void finish(Program program, Connection database, String name, Path home) throws Exception {
        Program.await(LONG, "the end of " + name, () -> finished(database, name));
        assertThat(Ledger.text(database, "select ending || coalesce(ending_note, '') from search where name = ?", name))
                .isEqualTo("COMPLETED");
        Ledger.check(database, name);
        assertThat(program.get("/api/v1/searches/" + name + "/report")).contains("\"sentence\"");
        assertThat(Program.run(home, "replay", name).exit()).as("replay").isZero();
    }

    private static boolean finished(Connection database, String name) {
        return query(database, "select phase from search where name = ?", name).equals("FINISHED");
    }

    private static int arrivals(Connection database, String name) {
        return Integer.parseInt(query(database, "select arrivals from search where name = ?", name));
    }

    private static int progress(Connection database, String name) {
        return Integer.parseInt(query(database, """
                select count(*) from outcome o join search s on s.id = o.search_id where s.name = ?
                """, name));
    }

    private static String query(Connection database, String sql, String name) {
        try {
            return Ledger.text(database, sql, name);
        } catch (SQLException lost) {
            throw new IllegalStateException(lost);
        }
    }

    static List<Long> trainingWorkers(Connection database) {
        try (var query = database.createStatement();
                var rows = query.executeQuery("""
                        select w.pid from worker w join scheduled_tasks t on t.picked_by = w.name
                        where w.stopped_at is null and t.picked order by w.pid
                        """)) {
            var pids = new ArrayList<Long>();
            while (rows.next()) {
                pids.add(rows.getLong(1));
            }
            return pids;
        } catch (SQLException lost) {
            throw new IllegalStateException(lost);
        }
    }
}
