package dev.normforge.worker.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Fetches the original archive of CIFAR-10 into a cache, checks it, and unpacks it. The folder appears whole or not at all,
 * whatever happens in between and however many processes ask at once; a damaged one is replaced.
 *
 * @param source of the archive
 * @param sha256 of the archive, in hexadecimal digits
 * @param cache where the folder will stand
 * @param patience with a server that sends nothing
 */
record Download(URI source, String sha256, Path cache, Duration patience) {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int BUFFER = 1 << 16;
    private static final int TAR_BLOCK = 512;
    private static final int OK = 200;
    private static final int UNKNOWN = -1;
    private static final long TELL_EVERY = 1 << 20;

    /** The archive of the authors' page. */
    static Download original(Path cache) {
        return new Download(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", cache, Duration.ofSeconds(15));
    }

    /** Is told how it gets on; may end it by throwing. */
    interface Listener {

        /** About once a megabyte; {@code total} is −1 where it is not known. */
        void bytes(long done, long total);

        /** Another process is at it. */
        void waiting();

        /** Several times a second, whether bytes come or not: there is always an end to the waiting for them. */
        void alive();
    }

    /** @throws NoImagesException in one line: from where, and what went wrong */
    Path fetch(Listener listener) throws NoImagesException {
        var folder = cache.resolve(Cifar10.FOLDER);
        if (isWhole(folder)) {
            return folder; // a cache that is whole need not be writable
        }
        try {
            Files.createDirectories(cache);
            try (var channel = FileChannel.open(cache.resolve("download.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var lock = lock(channel, listener)) {
                if (lock.isValid() && !isWhole(folder)) {
                    fetchAlone(folder, listener);
                }
                return folder;
            }
        } catch (NoImagesException wrong) {
            throw wrong;
        } catch (IOException | UncheckedIOException failure) {
            throw new NoImagesException("CIFAR-10 could not be downloaded from %s to %s: %s".formatted(source, cache,
                    NoImagesException.why(failure)), failure);
        }
    }

    private static FileLock lock(FileChannel channel, Listener listener) throws IOException {
        for (boolean told = false;; told = true) {
            try {
                var lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException ownThread) {
                // as good as another process
            }
            if (!told) {
                listener.waiting();
            }
            listener.alive();
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException stopped) {
                throw interrupted(stopped);
            }
        }
    }

    private static boolean isWhole(Path folder) {
        try {
            return Cifar10.at(folder).folder().equals(folder);
        } catch (NoImagesException missingOrDamaged) {
            return false;
        }
    }

    private void fetchAlone(Path folder, Listener listener) throws IOException {
        var archive = cache.resolve("cifar-10-binary.tar.gz.part");
        var unpacked = cache.resolve(Cifar10.FOLDER + ".part");
        try {
            Files.deleteIfExists(archive);
            save(archive, listener);
            var found = digest(archive, listener);
            if (!found.equals(sha256)) {
                throw new NoImagesException(
                        "%s has SHA-256 %s, expected %s".formatted(source, found, sha256));
            }
            delete(unpacked);
            Files.createDirectories(unpacked);
            unpack(archive, unpacked, listener);
            Cifar10.at(unpacked);
            delete(folder);
            Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(archive);
            delete(unpacked);
        }
    }

    private void save(Path archive, Listener listener) throws IOException {
        var total = new AtomicLong(UNKNOWN);
        var request = HttpRequest.newBuilder(source).build(); // no time-out: from JDK 26 on it would be for all bytes together
        try (var client = HttpClient.newBuilder().connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL).build()) {
            try {
                var answer = client.sendAsync(request, head -> {
                    if (head.statusCode() != OK) {
                        return BodySubscribers.replacing(archive);
                    }
                    total.set(head.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN));
                    return BodySubscribers.ofFile(archive);
                });
                int status = await(answer, archive, total, listener).statusCode();
                if (status != OK) {
                    throw new NoImagesException(
                            "%s answered with status %d, expected %d".formatted(source, status, OK));
                }
                listener.bytes(Files.size(archive), total.get());
            } finally {
                client.shutdownNow(); // closing it would wait for what nobody wants any more
            }
        }
    }

    /** The file grows, or there is an end: a server may never answer, or stop sending without closing the connection. */
    private HttpResponse<Path> await(Future<HttpResponse<Path>> answer, Path archive, AtomicLong total,
            Listener listener) throws IOException {
        long size = 0;
        long told = 0;
        long grown = System.nanoTime();
        while (true) {
            try {
                return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                long now = Files.exists(archive) ? Files.size(archive) : 0;
                if (now > size) {
                    size = now;
                    grown = System.nanoTime();
                } else if (System.nanoTime() - grown > patience.toNanos()) {
                    throw new IOException(
                            "nothing came for %.1f s after %d bytes".formatted(patience.toMillis() / 1e3, size),
                            notYet);
                }
                if (size - told >= TELL_EVERY) {
                    told = size;
                    listener.bytes(size, total.get());
                }
                listener.alive();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
            } catch (InterruptedException stopped) {
                throw interrupted(stopped);
            }
        }
    }

    private static IOException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", stopped);
    }

    private static String digest(Path archive, Listener listener) throws IOException {
        try (var in = Files.newInputStream(archive)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                listener.alive();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a tar: 512-byte headers (name at 0, size in octal digits at 124), each before its file in blocks of 512. Only the
     * files of the set are written, by their last name: an archive cannot write anywhere else.
     */
    private static void unpack(Path archive, Path target, Listener listener) throws IOException {
        try (var in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
            var header = in.readNBytes(TAR_BLOCK);
            while (header.length == TAR_BLOCK && header[0] != 0) {
                var path = text(header, 0, 100);
                var digits = text(header, 124, 12).strip();
                long size = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
                var name = path.substring(path.lastIndexOf('/') + 1);
                if (Cifar10.files().contains(name)) {
                    Cifar10.checkSize(target.resolve(name), size);
                    write(target.resolve(name), in.readNBytes((int) size));
                    listener.alive();
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

    /** On the disk, not only on its way there, before the folder gets its name. */
    private static void write(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
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
}
