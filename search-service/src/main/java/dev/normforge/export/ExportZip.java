package dev.normforge.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A layer's exports in one file, the same bytes for the same layer: entries in the order of their formats, all of one time,
 * and stored as they are, since what compression makes depends on the library beneath.
 */
public final class ExportZip {

    /** Of a year that a zip can hold without a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1981, 1, 1, 0, 0);

    private ExportZip() {
    }

    /** Its name, {@code my_layer.zip} for {@code MyLayer}. */
    public static String file(ModuleName name) {
        return name.function() + ".zip";
    }

    public static byte[] of(Export export, Set<Format> formats) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (var format : Format.values()) {
                if (formats.contains(format)) {
                    add(zip, export.name().function() + "/" + format.file(), format.bytes(export));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var sum = new CRC32();
        sum.update(content);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
