package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.Presets;
import dev.normforge.queue.EvaluationTask.Priority;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker as a process of its own, from an order in the database to counts in the database. */
class WorkerTrainsWhatIsQueuedTest {

    @TempDir
    private Path folder;

    @Test
    void anOrderBecomesCountsAndAPoliteEndHasExitCodeZero() throws Exception {
        var database = TestDatabase.create();
        var spec = Presets.read("smoke");
        var search = QueuedSearch.create(database, spec.withData(spec.proxy().data().named("synthetic")).proxy());
        search.queue("bn-relu", 1, Priority.CALIBRATION);
        var said = folder.resolve("said.txt");
        var worker = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                WorkerMain.class.getName(), "worker", "--database", database.url(), "--name", "process",
                "--parent-pipe")).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            Await.until("the outcome", () -> {
                assertThat(worker.isAlive()).as(() -> text(said)).isTrue();
                return database.text("select count(*) from outcome").equals("1");
            });
            assertThat(database.text("select kind from outcome")).isEqualTo("SCORED");
            assertThat(database.text("select count(*) from anchor_result where total = 256")).isEqualTo("2");
            assertThat(database.text("select stop_reason from worker")).isEqualTo("null");
            worker.destroy();
            assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).as(() -> text(said)).isZero();
            assertThat(database.text("select stop_reason from worker")).isEqualTo("finished");
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void aWorkerWhoseParentIsGoneEndsAtOnce() throws Exception {
        var database = TestDatabase.create();
        var worker = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                WorkerMain.class.getName(), "worker", "--database", database.url(), "--parent-pipe"))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            worker.getOutputStream().close();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failure) {
            return failure.toString();
        }
    }
}
