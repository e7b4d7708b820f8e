package dev.normforge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.graph.GraphJson;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json}, {@code report.schema.json}, {@code report.md} and one layer file per confirmed layer and reference.
 * All are written beside their places first and then moved there, {@code report.json} last: where it stands, everything
 * stands, and no file is ever half written. An earlier report steps aside first, and its layer files that are not the new
 * one's go; whatever else is in the folder stays.
 */
public final class ReportFiles {

    private static final String UNFINISHED = ".part";
    private static final String REPORT = "report.json";
    private static final String REPLACED = ".report.json.replaced";

    private ReportFiles() {
    }

    /**
     * Whether files could be written there, before a search is begun. Creates the folder.
     *
     * @throws IOException in one line: the folder and why not
     */
    public static void check(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "normforge", UNFINISHED));
        } catch (IOException e) {
            throw refusal(folder, e);
        }
    }

    /**
     * Writes all files.
     *
     * @return what was written
     * @throws IOException in one line: the folder and why not; nothing is left half written
     */
    public static List<Path> write(Report report, Path folder) throws IOException {
        var pending = new ArrayList<Path>();
        try {
            Files.createDirectories(folder);
            var contents = contents(report, folder);
            var place = folder.resolve(REPORT);
            requireOurs(contents.keySet(), place);
            var earlier = EarlierReports.in(folder, List.of(place, folder.resolve(REPLACED), unfinished(place)));
            for (var file : contents.entrySet()) {
                var unfinished = unfinished(file.getKey());
                pending.add(unfinished);
                Files.writeString(unfinished, file.getValue());
            }
            replace(contents.keySet(), place, earlier);
            return List.copyOf(contents.keySet());
        } catch (IOException e) {
            throw refusal(folder, e);
        } finally {
            for (var unfinished : pending) {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    /** Where no report stands, or has stood when its writer was killed, a file of one of the names is somebody else's. */
    private static void requireOurs(Set<Path> files, Path report) throws IOException {
        boolean ours = Stream.of(report, report.resolveSibling(REPLACED), unfinished(report)).anyMatch(Files::exists);
        for (var file : files) {
            if (!ours && Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString(), null, "is there, and no report wrote it");
            }
        }
    }

    /** Killed at any moment, this leaves a whole report or no {@code report.json}, and the next one clears away the rest. */
    private static void replace(Set<Path> files, Path report, EarlierReports earlier) throws IOException {
        var replaced = report.resolveSibling(REPLACED);
        if (Files.isRegularFile(report)) {
            move(report, replaced);
        }
        earlier.clear(files);
        for (var file : files) {
            move(unfinished(file), file);
        }
        Files.deleteIfExists(replaced);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The file of a layer. */
    static Path file(Report.Entry entry, Path folder) {
        return folder.resolve(entry.layer() + ".json");
    }

    /** What it holds. */
    static String text(Report.Entry entry) {
        return GraphJson.write(entry.graph()) + "\n";
    }

    static Path unfinished(Path file) {
        return file.resolveSibling("." + file.getFileName() + UNFINISHED);
    }

    /** In the order in which they are moved. */
    private static Map<Path, String> contents(Report report, Path folder) throws IOException {
        var contents = new LinkedHashMap<Path, String>();
        for (var entries : List.of(report.confirmed(), report.references())) {
            for (var entry : entries) {
                contents.put(file(entry, folder), text(entry));
            }
        }
        contents.put(folder.resolve("report.schema.json"), schema());
        contents.put(folder.resolve("report.md"), report.markdown());
        contents.put(folder.resolve(REPORT), report.json() + "\n");
        return contents;
    }

    /** The JSON Schema of {@code report.json}. */
    public static String schema() throws IOException {
        try (var stream = Objects.requireNonNull(ReportFiles.class.getResourceAsStream("/report.schema.json"),
                "report.schema.json")) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    private static IOException refusal(Path folder, IOException cause) {
        return new IOException(
                "out is %s, expected a folder that can be written%s: %s".formatted(folder, freeIn(folder),
                        why(cause)),
                cause);
    }

    private static String freeIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try {
            return " (%d kB are free)".formatted(Files.getFileStore(folder).getUsableSpace() >> 10);
        } catch (IOException _) {
            return "";
        }
    }

    private static String why(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException exists ->
                exists.getFile() + " " + Objects.requireNonNullElse(exists.getReason(), "is a file");
            case FileSystemException other -> orName(other.getReason(), cause) + " at " + other.getFile();
            default -> orName(cause.getMessage(), cause);
        };
    }

    private static String orName(@Nullable String text, IOException cause) {
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
