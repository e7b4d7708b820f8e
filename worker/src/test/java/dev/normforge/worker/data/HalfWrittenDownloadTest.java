package dev.normforge.worker.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong during a download, the cache holds the whole set or none of it. */
class HalfWrittenDownloadTest {

    /** Long enough for a busy machine where a test is about something else. */
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofSeconds(3);

    @TempDir
    private Path cache;
    private HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private byte[] answer = new byte[0];
    private final Listening listener = new Listening();

    /** Writes down what it is told. */
    private static final class Listening implements Download.Listener {

        private final List<long[]> bytes = new ArrayList<>();
        private int waits;
        private int signs;
        private Runnable onSign = () -> {
        };

        @Override
        public void bytes(long done, long total) {
            bytes.add(new long[]{done, total});
        }

        @Override
        public void waiting() {
            waits++;
        }

        @Override
        public void alive() {
            signs++;
            onSign.run();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Download download(byte[] bytes, String sha256) {
        return download(bytes, sha256, "/cifar.tar.gz", PATIENT);
    }

    private Download download(byte[] bytes, String sha256, String path, Duration patience) {
        answer = bytes;
        return new Download(URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path)),
                sha256, cache, patience);
    }

    /** A tar as the authors' is: a folder, then the files in it. */
    private static byte[] archive(int size) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new GZIPOutputStream(bytes)) {
            tar.write(header("cifar-10-batches-bin/", 0));
            for (var name : Cifar10.files()) {
                tar.write(header("cifar-10-batches-bin/" + name, size));
                tar.write(new byte[(size + 511) / 512 * 512]);
            }
            tar.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(String name, int size) {
        var header = Arrays.copyOf(name.getBytes(US_ASCII), 512);
        var digits = "%011o".formatted(size).getBytes(US_ASCII);
        System.arraycopy(digits, 0, header, 124, digits.length);
        return header;
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void aWholeArchiveIsUnpackedOnceAndItsProgressTold() throws Exception {
        var bytes = archive(30_730_000);
        var folder = download(bytes, sha256(bytes)).fetch(listener);
        assertThat(Cifar10.in(cache).folder()).isEqualTo(folder);
        assertThat(listener.bytes).isNotEmpty().last().isEqualTo(new long[]{bytes.length, bytes.length});
        assertThat(download(new byte[0], "").fetch(listener)).isEqualTo(folder);
        assertNoLeftOvers();
    }

    @Test
    void anotherChecksumLeavesNothing() {
        assertThatThrownBy(() -> download(new byte[]{1, 2, 3}, "00").fetch(listener))
                .isInstanceOf(NoImagesException.class)
                .hasMessageMatching("http://.*/cifar.tar.gz has SHA-256 [0-9a-f]{64}, expected 00");
        assertNoLeftOvers();
        assertThat(cache.resolve(Cifar10.FOLDER)).doesNotExist();
    }

    @Test
    void anArchiveOfShortFilesLeavesNothing() throws Exception {
        var bytes = archive(100);
        assertThatThrownBy(() -> download(bytes, sha256(bytes)).fetch(listener)).isInstanceOf(NoImagesException.class)
                .hasMessageContaining("has 100 bytes, expected 30730000");
        assertNoLeftOvers();
        assertThat(cache.resolve(Cifar10.FOLDER)).doesNotExist();
    }

    @Test
    void aServerWithoutTheFileIsNamedInOneLine() {
        assertThatThrownBy(() -> download(new byte[0], "").fetch(listener)).isInstanceOf(NoImagesException.class)
                .hasMessageContaining("status 404").message().doesNotContain("\n");
    }

    @Test
    void noNetworkIsOneLine() {
        server.stop(0);
        assertThatThrownBy(() -> download(new byte[0], "").fetch(listener)).isInstanceOf(NoImagesException.class)
                .hasMessageContaining("could not be downloaded").message()
                .doesNotContain("\n");
    }

    @Test
    void aServerThatStopsSendingIsGivenUpInOneLine() throws Exception {
        var bytes = archive(30_730_000);
        var over = new CountDownLatch(1);
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            await(over);
        });
        try {
            assertThatThrownBy(() -> download(bytes, sha256(bytes), "/stalled", IMPATIENT).fetch(listener))
                    .isInstanceOf(NoImagesException.class)
                    .hasMessageContaining("nothing came for 3.0 s after %d bytes".formatted(bytes.length / 2));
        } finally {
            over.countDown();
        }
        assertThat(listener.signs).as("signs of life while it waited").isGreaterThan(2);
        assertNoLeftOvers();
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpInOneLine() {
        var over = new CountDownLatch(1);
        server.createContext("/silent", exchange -> await(over));
        try {
            assertThatThrownBy(() -> download(new byte[0], "", "/silent", IMPATIENT).fetch(listener))
                    .isInstanceOf(NoImagesException.class)
                    .hasMessageContaining("nothing came for 3.0 s after 0 bytes");
        } finally {
            over.countDown();
        }
        assertNoLeftOvers();
    }

    @Test
    void aServerThatClosesInTheMiddleIsNamedAndLeavesNothing() throws Exception {
        var bytes = archive(30_730_000);
        server.createContext("/cut", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.close();
        });
        assertThatThrownBy(() -> download(bytes, sha256(bytes), "/cut", PATIENT).fetch(listener))
                .isInstanceOf(NoImagesException.class).hasMessageContaining("could not be downloaded").message()
                .doesNotContain("\n");
        assertNoLeftOvers();
    }

    @Test
    void whoeverStopsListeningEndsTheDownloadAtOnce() throws Exception {
        var bytes = archive(30_730_000);
        var over = new CountDownLatch(1);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            await(over);
        });
        listener.onSign = () -> {
            throw new IllegalStateException("nobody waits");
        };
        try {
            assertThatThrownBy(() -> download(bytes, sha256(bytes), "/endless", PATIENT).fetch(listener))
                    .hasMessage("nobody waits");
        } finally {
            over.countDown();
        }
        assertNoLeftOvers();
    }

    @Test
    void aDamagedCacheIsReplacedAndAnUnfinishedOneOfAKilledProcessIsNoObstacle() throws Exception {
        var folder = Files.createDirectories(cache.resolve(Cifar10.FOLDER));
        Files.write(folder.resolve("data_batch_1.bin"), new byte[1000]);
        var unfinished = Files.createDirectories(cache.resolve(Cifar10.FOLDER + ".part"));
        Files.write(unfinished.resolve("data_batch_1.bin"), new byte[1000]);
        var bytes = archive(30_730_000);

        download(bytes, sha256(bytes)).fetch(listener);

        assertThat(Cifar10.at(folder).folder()).isEqualTo(folder);
        assertNoLeftOvers();
    }

    @Test
    void aDownloadInTheMakingIsNotTakenForTheSet() throws Exception {
        var home = cache.resolve("normforge");
        var unfinished = Files.createDirectories(home.resolve(Cifar10.FOLDER + ".part"));
        Files.write(unfinished.resolve("data_batch_1.bin"), new byte[1000]);

        assertThat(new ImageLibrary(Map.of("XDG_CACHE_HOME", cache.toString()), note -> {
        }).alreadyHere()).isEmpty();
    }

    @Test
    void anotherProcessesDownloadIsWaitedForWithSignsOfLife() throws Exception {
        var bytes = archive(30_730_000);
        try (var channel = FileChannel.open(cache.resolve("download.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            var held = channel.lock();
            listener.onSign = () -> {
                if (listener.signs == 3) {
                    release(held);
                }
            };
            download(bytes, sha256(bytes)).fetch(listener);
        }
        assertThat(listener.waits).isEqualTo(1);
        assertThat(listener.signs).isGreaterThan(3);
    }

    private static void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertNoLeftOvers() {
        assertThat(cache).isDirectoryNotContaining(file -> file.getFileName().toString().contains(".part"));
        assertThat(Files.exists(cache)).isTrue();
    }
}
