package dev.normforge.worker.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong during a download, the cache holds the whole set or none of it. */
class HalfWrittenDownloadTest {

    @TempDir
    private Path cache;
    private HttpServer server;
    private byte[] answer = new byte[0];

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Download download(byte[] bytes, String sha256) {
        answer = bytes;
        return new Download(URI.create("http://127.0.0.1:%d/cifar.tar.gz".formatted(server.getAddress().getPort())),
                sha256, cache);
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
        var told = new ArrayList<long[]>();
        var folder = download(bytes, sha256(bytes)).fetch(told::add);
        assertThat(Cifar10.in(cache).folder()).isEqualTo(folder);
        assertThat(told).isNotEmpty().last().isEqualTo(new long[]{bytes.length, bytes.length});
        assertThat(download(new byte[0], "").fetch(told::add)).isEqualTo(folder);
        assertNoLeftOvers();
    }

    @Test
    void anotherChecksumLeavesNothing() {
        assertThatThrownBy(() -> download(new byte[]{1, 2, 3}, "00").fetch(done -> {
        })).isInstanceOf(NoImagesException.class)
                .hasMessageMatching("http://.*/cifar.tar.gz has SHA-256 [0-9a-f]{64}, expected 00");
        assertNoLeftOvers();
        assertThat(cache.resolve(Cifar10.FOLDER)).doesNotExist();
    }

    @Test
    void anArchiveOfShortFilesLeavesNothing() throws Exception {
        var bytes = archive(100);
        assertThatThrownBy(() -> download(bytes, sha256(bytes)).fetch(done -> {
        })).isInstanceOf(NoImagesException.class).hasMessageContaining("has 100 bytes, expected 30730000");
        assertNoLeftOvers();
        assertThat(cache.resolve(Cifar10.FOLDER)).doesNotExist();
    }

    @Test
    void aServerWithoutTheFileIsNamedInOneLine() {
        assertThatThrownBy(() -> download(new byte[0], "").fetch(done -> {
        })).isInstanceOf(NoImagesException.class).hasMessageContaining("status 404").message().doesNotContain("\n");
    }

    @Test
    void noNetworkIsOneLine() {
        server.stop(0);
        assertThatThrownBy(() -> download(new byte[0], "").fetch(done -> {
        })).isInstanceOf(NoImagesException.class).hasMessageContaining("could not be downloaded").message()
                .doesNotContain("\n");
    }

    private void assertNoLeftOvers() {
        assertThat(cache).isDirectoryNotContaining(file -> file.getFileName().toString().contains(".part"));
        assertThat(Files.exists(cache)).isTrue();
    }
}
