package dev.normforge.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A layer's exports as files, all written beside their places before the first is moved there. */
public final class ExportFiles {

    private static final String UNFINISHED = ".part";

    private ExportFiles() {
    }

    /**
     * Writes the files of some formats.
     *
     * @param replace whether a file that holds something else gives way
     * @return what was written
     * @throws IOException in one line: the folder or file and why not; nothing is half written
     */
    public static List<Path> write(Export export, Set<Format> formats, Path folder, boolean replace)
            throws IOException {
        var contents = new LinkedHashMap<Path, byte[]>();
        formats.forEach(format -> contents.put(folder.resolve(format.file()), format.bytes(export)));
        return write(contents, folder, replace);
    }

    /** Likewise all of them in one zip. */
    public static List<Path> writeZip(Export export, Set<Format> formats, Path folder, boolean replace)
            throws IOException {
        var file = folder.resolve(ExportZip.file(export.name()));
        return write(Map.of(file, ExportZip.of(export, formats)), folder, replace);
    }

    private static List<Path> write(Map<Path, byte[]> contents, Path folder, boolean replace) throws IOException {
        Files.createDirectories(folder);
        if (!replace) {
            for (var file : contents.entrySet()) {
                refuseToReplace(file.getKey(), file.getValue());
            }
        }
        write(contents);
        return List.copyOf(contents.keySet());
    }

    private static void refuseToReplace(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && !(Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content))) {
            throw new IOException(
                    "%s is there already and holds something else, expected a folder without it, or --replace"
                            .formatted(file));
        }
    }

    private static void write(Map<Path, byte[]> contents) throws IOException {
        var pending = new ArrayList<Path>();
        try {
            for (var file : contents.entrySet()) {
                pending.add(unfinished(file.getKey()));
                Files.write(pending.getLast(), file.getValue());
            }
            for (var file : contents.keySet()) {
                Files.move(unfinished(file), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (var file : pending) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling("." + file.getFileName() + UNFINISHED);
    }
}
