package dev.normforge.worker.data;

import dev.normforge.protocol.DataSpec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CIFAR-10 (Krizhevsky, 2009) in its binary version: files of 10,000 records, each a label byte and 3 × 32 × 32 bytes. Read
 * from a folder whose files have passed a check of size and of all their labels, which takes a tenth of a second.
 */
public final class Cifar10 {

    /** The folder's usual name. */
    static final String FOLDER = "cifar-10-batches-bin";
    private static final String TEST_FILE = "test_batch.bin";
    private static final int RECORDS = 10_000;
    private static final int RECORD = 1 + 3 * 32 * 32;
    private static final long FILE_SIZE = (long) RECORDS * RECORD;
    private static final int BUFFER = 1 << 16;
    private static final int AT_ONCE = 200;

    private final Path folder;

    private Cifar10(Path folder) {
        this.folder = folder;
    }

    /**
     * @param named the folder that holds {@code data_batch_1.bin}, or its parent
     * @throws NoImagesException naming the folder, or the first file that is missing, has another size, or has a label that
     *         is not 0 to 9, and where
     */
    public static Cifar10 in(Path named) throws NoImagesException {
        return at(folder(named).orElseThrow(() -> new NoImagesException(
                "CIFAR10_DIR is %s, expected the folder that holds data_batch_1.bin, or its parent".formatted(named))));
    }

    /**
     * @param folder that holds all files itself
     * @throws NoImagesException naming the first file that is missing, has another size, or has a label that is not 0 to 9
     */
    static Cifar10 at(Path folder) throws NoImagesException {
        for (var name : files()) {
            check(folder.resolve(name));
        }
        return new Cifar10(folder);
    }

    /** The folder itself, the usual one below it, or else the first below it by name, whichever holds the first file. */
    static Optional<Path> folder(Path named) {
        try (var below = Files.isDirectory(named) ? Files.list(named) : Stream.<Path>empty()) {
            return Stream.concat(Stream.of(named, named.resolve(FOLDER)), below.sorted())
                    .filter(folder -> Files.exists(folder.resolve("data_batch_1.bin"))).findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    public Path folder() {
        return folder;
    }

    /** All files that belong to the set. */
    static List<String> files() {
        return IntStream.rangeClosed(1, DataSpec.AVAILABLE / RECORDS + 1)
                .mapToObj(i -> i <= DataSpec.AVAILABLE / RECORDS ? "data_batch_" + i + ".bin" : TEST_FILE).toList();
    }

    static void check(Path file) throws NoImagesException {
        if (!Files.isRegularFile(file)) {
            throw new NoImagesException("%s is missing, expected a file of %d bytes".formatted(file, FILE_SIZE));
        }
        try (var channel = FileChannel.open(file)) {
            checkSize(file, channel.size());
            var records = ByteBuffer.allocateDirect(AT_ONCE * RECORD); // faster than one small read a label
            for (int first = 0; first < RECORDS; first += AT_ONCE) {
                records.clear();
                while (records.hasRemaining()) {
                    if (channel.read(records) < 0) {
                        throw cut(file);
                    }
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    checkLabel(file, first + i, records.get(i * RECORD));
                }
            }
        } catch (NoImagesException wrong) {
            throw wrong;
        } catch (IOException failure) {
            throw new NoImagesException("%s cannot be read: %s".formatted(file, NoImagesException.why(failure)),
                    failure);
        }
    }

    private static void checkLabel(Path file, int record, byte label) throws NoImagesException {
        if (label < 0 || label >= Images.CLASSES) {
            throw new NoImagesException("%s, record %d (byte %d): label is %d, expected 0 to %d".formatted(file, record,
                    (long) record * RECORD, label & 0xff, Images.CLASSES - 1));
        }
    }

    private static NoImagesException cut(Path file) {
        return new NoImagesException("%s was cut while it was read, expected %d bytes".formatted(file, FILE_SIZE));
    }

    static void checkSize(Path file, long size) throws NoImagesException {
        if (size != FILE_SIZE) {
            throw new NoImagesException("%s has %d bytes, expected %d".formatted(file, size, FILE_SIZE));
        }
    }

    /**
     * @param tested whether the test images are read too
     * @param alive is told now and then that reading goes on
     * @throws NoImagesException naming the file, the record and its label where it is not 0 to 9
     */
    public ProxyImages load(DataSpec spec, boolean tested, Runnable alive) throws NoImagesException {
        var pixels = new Pixels(ProxyImages.training(spec) + (tested ? ProxyImages.TEST : 0), spec.side());
        for (var source : ProxyImages.sources(spec)) {
            int end = source.from() + source.count();
            for (int from = source.from(); from < end; from += RECORDS - from % RECORDS) {
                var file = folder.resolve(files().get(from / RECORDS));
                read(file, from % RECORDS, Math.min(RECORDS - from % RECORDS, end - from), pixels, alive);
            }
        }
        if (tested) {
            read(folder.resolve(TEST_FILE), 0, ProxyImages.TEST, pixels, alive);
        }
        return new ProxyImages(pixels.images(spec.train()), spec, tested);
    }

    private static void read(Path file, int first, int records, Pixels pixels, Runnable alive)
            throws NoImagesException {
        var record = new byte[RECORD];
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            in.skipNBytes((long) first * RECORD);
            for (int i = first; i < first + records; i++) {
                in.readFully(record);
                checkLabel(file, i, record[0]);
                pixels.add(record[0], record, 1);
                if (i % ProxyImages.TELL_EVERY == 0) {
                    alive.run();
                }
            }
        } catch (NoImagesException wrong) {
            throw wrong;
        } catch (EOFException cut) {
            throw cut(file);
        } catch (IOException failure) {
            throw new NoImagesException("%s cannot be read: %s".formatted(file, NoImagesException.why(failure)),
                    failure);
        }
    }
}
