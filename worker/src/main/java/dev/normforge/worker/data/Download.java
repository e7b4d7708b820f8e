package dev.normforge.worker.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Fetches the original archive of CIFAR-10 into a cache, checks it, and unpacks it. The folder appears whole or not at all,
 * whatever happens in between and however many processes ask at once.
 *
 * @param source of the archive
 * @param sha256 of the archive, in hexadecimal digits
 * @param cache where the folder will stand
 */
record Download(URI source, String sha256, Path cache) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int BUFFER = 1 << 16;
    private static final int TAR_BLOCK = 512;
    private static final int OK = 200;
    private static final long TELL_EVERY = 1 << 20;

    /** The archive of the authors' page. */
    static Download original(Path cache) {
        return new Download(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", cache);
    }

    /**
     * @param progress is told bytes done and bytes in all (−1 where unknown) about once a megabyte
     * @throws NoImagesException in one line: from where, and what went wrong
     */
    Path fetch(Consumer<long[]> progress) throws NoImagesException {
        var folder = cache.resolve(Cifar10.FOLDER);
        try {
            Files.createDirectories(cache);
            try (var channel = FileChannel.open(cache.resolve("download.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(folder)) {
                    fetchAlone(folder, progress);
                }
                return folder;
            }
        } catch (NoImagesException wrong) {
            throw wrong;
        } catch (IOException | UncheckedIOException failure) {
            throw new NoImagesException("CIFAR-10 could not be downloaded from %s to %s: %s".formatted(source, cache,
                    failure), failure instanceof IOException io ? io : new IOException(failure));
        }
    }

    private void fetchAlone(Path folder, Consumer<long[]> progress) throws IOException {
        var archive = cache.resolve("cifar-10-binary.tar.gz.part");
        var unpacked = cache.resolve(Cifar10.FOLDER + ".part");
        try {
            var found = save(archive, progress);
            if (!found.equals(sha256)) {
                throw new NoImagesException(
                        "%s has SHA-256 %s, expected %s".formatted(source, found, sha256));
            }
            delete(unpacked);
            Files.createDirectories(unpacked);
            unpack(archive, unpacked);
            for (var name : Cifar10.files()) {
                Cifar10.check(unpacked.resolve(name));
            }
            Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(archive);
            delete(unpacked);
        }
    }

    private String save(Path archive, Consumer<long[]> progress) throws IOException {
        var request = HttpRequest.newBuilder(source).timeout(PATIENCE).build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL).build()) {
            var response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != OK) {
                throw new NoImagesException(
                        "%s answered with status %d, expected %d".formatted(source, response.statusCode(), OK));
            }
            long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            var digest = MessageDigest.getInstance("SHA-256");
            try (var body = new Counting(new DigestInputStream(response.body(), digest), total, progress)) {
                Files.copy(body, archive, StandardCopyOption.REPLACE_EXISTING);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a tar: 512-byte headers (name at 0, size in octal digits at 124), each before its file in blocks of 512. Only the
     * files of the set are written, by their last name: an archive cannot write anywhere else.
     */
    private static void unpack(Path archive, Path target) throws IOException {
        try (var in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
            var header = in.readNBytes(TAR_BLOCK);
            while (header.length == TAR_BLOCK && header[0] != 0) {
                var path = text(header, 0, 100);
                var digits = text(header, 124, 12).strip();
                long size = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
                var name = path.substring(path.lastIndexOf('/') + 1);
                if (Cifar10.files().contains(name)) {
                    Cifar10.checkSize(target.resolve(name), size);
                    Files.write(target.resolve(name), in.readNBytes((int) size));
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes(Math.floorMod(-size, TAR_BLOCK));
                header = in.readNBytes(TAR_BLOCK);
            }
        } catch (NumberFormatException notTar) {
            throw new IOException("not a tar archive", notTar);
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, US_ASCII);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static final class Counting extends FilterInputStream {

        private final long total;
        private final Consumer<long[]> progress;
        private long done;
        private long told;

        Counting(InputStream in, long total, Consumer<long[]> progress) {
            super(in);
            this.total = total;
            this.progress = progress;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            done += Math.max(0, count);
            if (done - told >= TELL_EVERY || (count < 0 && done > told)) {
                told = done;
                progress.accept(new long[]{done, total});
            }
            return count;
        }
    }
}
