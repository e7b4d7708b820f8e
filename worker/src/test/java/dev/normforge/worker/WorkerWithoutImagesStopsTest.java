package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.Presets;
import dev.normforge.queue.EvaluationTask.Priority;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a machine without images: they say so once and end, and no layer pays for it. */
class WorkerWithoutImagesStopsTest {

    private static final long FILE_SIZE = 30_730_000;

    @TempDir
    private Path folder;
    private TestDatabase database;

    @BeforeEach
    void anOrderOnRealImages() throws Exception {
        database = TestDatabase.create();
        var spec = Presets.read("smoke");
        var proxy = spec.withData(spec.proxy().data().named("cifar10")).proxy();
        QueuedSearch.create(database, proxy).queue("bn-relu", 1, Priority.CALIBRATION);
    }

    /** The last line that it says before it ends. */
    private String lastWordsOf(Map<String, String> environment) throws Exception {
        var said = folder.resolve("said");
        var worker = WorkerJvm.start(database, "w", environment, said);
        try {
            assertThat(worker.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isEqualTo(4);
        } finally {
            worker.destroyForcibly();
        }
        assertThat(database.text("select picked::text || losses || crashes from scheduled_tasks, evaluation"))
                .isEqualTo("false00");
        assertThat(database.text("select count(*) from outcome")).isEqualTo("0");
        var last = Files.readAllLines(said).getLast();
        assertThat(last).startsWith("worker: ");
        assertThat(database.text("select stop_reason from worker"))
                .isEqualTo("unfit: " + last.substring("worker: ".length()));
        return last;
    }

    @Test
    void whereTheNamedFolderIsGone() throws Exception {
        assertThat(lastWordsOf(Map.of("CIFAR10_DIR", folder.resolve("gone").toString())))
                .contains("gone, expected the folder that holds data_batch_1.bin");
    }

    @Test
    void whereALabelIsWrong() throws Exception {
        for (int i = 1; i <= 6; i++) {
            sparse(i == 6 ? "test_batch.bin" : "data_batch_%d.bin".formatted(i), i == 1 ? 11 : 0);
        }
        assertThat(lastWordsOf(Map.of("CIFAR10_DIR", folder.toString())))
                .endsWith("data_batch_1.bin, record 0 (byte 0): label is 11, expected 0 to 9");
    }

    @Test
    void whereTheCacheCannotBeWritten() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThat(lastWordsOf(Map.of("CIFAR10_DIR", "", "XDG_CACHE_HOME", file.toString())))
                .contains("CIFAR-10 could not be downloaded").contains(file.toString());
    }

    private void sparse(String name, int label) throws IOException {
        try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.write(label);
            file.setLength(FILE_SIZE);
        }
    }
}
