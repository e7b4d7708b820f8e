package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search whose images are spoiled under its hands ends with the reason, and goes on once they are mended. */
class ImagesThatVanishTest {

    private static final long FILE_SIZE = 30_730_000;

    @TempDir
    private Path folder;

    @Test
    void aSearchWhoseImagesAreSpoiledSaysWhyEndsAndGoesOnLater() throws Exception {
        var images = Files.createDirectories(folder.resolve("images"));
        for (var name : List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
                "data_batch_5.bin", "test_batch.bin")) {
            label(images.resolve(name), 0);
        }
        var search = CommandRun.start(folder, Map.of("CIFAR10_DIR", images.toString()),
                command("--data", "cifar10", "--name", "vanished", "--candidates", "6"));
        try {
            Program.await(Duration.ofSeconds(120), "the search to begin",
                    () -> !search.isAlive() || printed().contains("calibration:"));
        } catch (AssertionError tooLong) {
            search.destroy();
            throw tooLong;
        }
        label(images.resolve("data_batch_1.bin"), 11); // read again at the latest when test images are asked for
        var run = CommandRun.of(folder, search);

        assertThat(run.exit()).as(run.toString()).isEqualTo(1);
        assertThat(run.err().strip().lines()).singleElement().asString()
                .contains("no worker can train: ", "data_batch_1.bin, record 0 (byte 0): label is 11, expected 0 to 9",
                        "--resume --name vanished");
        assertThat(run.out()).contains("a worker cannot train here: ");

        label(images.resolve("data_batch_1.bin"), 0);
        var resumed = CommandRun.normforge(folder, Map.of("CIFAR10_DIR", images.toString()),
                command("--resume", "--name", "vanished"));

        assertThat(resumed.exit()).as(resumed.toString()).isZero();
        assertThat(resumed.err()).doesNotContain("no worker can train");
        var report = Files.readString(folder.resolve("files").resolve("report.json"));
        assertThat(report).doesNotContain("data-unavailable", "worker-lost", "worker-crashed");
    }

    private static String[] command(String... more) {
        return Stream.concat(Stream.of("search", "--preset", "smoke", "--workers", "1", "--port", "0", "--home", "home",
                "--out", "files"), Stream.of(more)).toArray(String[]::new);
    }

    private String printed() {
        try {
            return CommandRun.read(folder, "out");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of black images of one class, but for the first one's label. */
    private static void label(Path name, int label) throws IOException {
        try (var file = new RandomAccessFile(name.toFile(), "rw")) {
            file.write(label);
            file.setLength(FILE_SIZE);
        }
    }
}
