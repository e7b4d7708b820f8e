package dev.normforge.comparison.view;

import dev.normforge.comparison.ComparedGraph;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.TransferComparison;
import dev.normforge.comparison.plot.Plots;
import dev.normforge.graph.GraphJson;
import dev.normforge.protocol.ProtocolJson;
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
import org.jspecify.annotations.Nullable;

/**
 * A comparison as files: {@code comparison.md} with tables and charts, {@code cells.csv}, {@code curves.csv},
 * {@code layers.csv}, {@code layers/*.json} for the graphs that do not come with the program, {@code spec.json},
 * {@code plots/*.svg} and {@code comparison.json}; {@code transfer.md} where it asks whether finds transfer.
 *
 * <p>All are written beside their places first and then moved there, {@code comparison.json} last: where it stands,
 * everything stands, and no file is ever half written. Files of an earlier comparison are replaced or, where this one has
 * none of that name, removed unless somebody changed them. A folder in which one of the names belongs to somebody else is
 * refused, and one of whose files was changed; whatever else is in the folder stays.
 */
public final class ComparisonFiles {

    /** What people read first; links from it lead to {@code plots/} beside it. */
    public static final String PAGE = "comparison.md";

    private static final String RESULT = "comparison.json";
    private static final List<String> ALWAYS = List.of(PAGE, "layers.csv", "cells.csv", "curves.csv", "spec.json",
            RESULT);
    private static final String LAYERS = "layers/";
    private static final String UNFINISHED = ".part";

    private ComparisonFiles() {
    }

    /** {@value #PAGE} alone. */
    public static String page(ComparisonResult result) {
        return ComparisonMarkdown.of(result, Plots.of(result));
    }

    /** Everything by the name that it has in the folder, {@code comparison.json} last. */
    public static Map<String, String> contents(ComparisonResult result) {
        var plots = Plots.of(result);
        var contents = new LinkedHashMap<String, String>();
        plots.forEach(plot -> contents.put(ComparisonMarkdown.PLOTS + plot.name() + ".svg", plot.svg()));
        for (var graph : ComparedGraph.of(result.spec())) {
            if (!graph.published()) {
                contents.put(LAYERS + graph.label() + ".json", GraphJson.write(graph.layer()) + "\n");
            }
        }
        contents.put("layers.csv", CsvFiles.layers(result));
        contents.put("cells.csv", CsvFiles.cells(result));
        contents.put("curves.csv", CsvFiles.curves(result));
        contents.put("spec.json", ProtocolJson.write(result.spec()) + "\n");
        contents.put(PAGE, ComparisonMarkdown.of(result, plots));
        if (!TransferComparison.found(result.spec()).isEmpty()) {
            contents.put("transfer.md", TransferPage.of(result));
        }
        contents.put(RESULT, ProtocolJson.write(result) + "\n");
        return contents;
    }

    /**
     * Whether files could be written there, before anything is trained. Creates the folder.
     *
     * @throws IOException in one line: the folder and why not
     */
    public static void check(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "normforge", UNFINISHED));
            requireOurs(folder, ALWAYS, Manifest.in(folder));
        } catch (IOException e) {
            throw refusal(folder, e);
        }
    }

    /**
     * Writes all files.
     *
     * @return what was written, the page first
     * @throws IOException in one line: the folder and why not; nothing is left half written
     */
    public static List<Path> write(ComparisonResult result, Path folder) throws IOException {
        var contents = contents(result);
        var pending = new ArrayList<Path>();
        try {
            Files.createDirectories(folder);
            var earlier = Manifest.in(folder);
            requireOurs(folder, contents.keySet(), earlier);
            var now = Manifest.of(contents);
            manifest(folder, earlier.and(now), pending);
            for (var file : contents.entrySet()) {
                var place = folder.resolve(file.getKey());
                Files.createDirectories(place.toAbsolutePath().getParent());
                pending.add(unfinished(place));
                Files.writeString(unfinished(place), file.getValue());
            }
            replace(folder, earlier, now);
            manifest(folder, now, pending);
        } catch (IOException e) {
            throw refusal(folder, e);
        } finally {
            for (var unfinished : pending) {
                Files.deleteIfExists(unfinished);
            }
        }
        var written = new ArrayList<>(contents.keySet().stream().map(folder::resolve).toList());
        written.remove(folder.resolve(PAGE));
        written.addFirst(folder.resolve(PAGE));
        return List.copyOf(written);
    }

    /** Killed at any moment, this leaves a whole comparison or no {@code comparison.json}, and the next one clears away the rest. */
    private static void replace(Path folder, Manifest earlier, Manifest now) throws IOException {
        Files.deleteIfExists(folder.resolve(RESULT));
        for (var name : earlier.written().keySet()) {
            if (!now.names(name)) {
                Files.deleteIfExists(unfinished(folder.resolve(name)));
                if (earlier.unchanged(name, folder.resolve(name))) {
                    Files.delete(folder.resolve(name));
                }
            }
        }
        for (var name : now.written().keySet()) {
            move(unfinished(folder.resolve(name)), folder.resolve(name));
        }
    }

    private static void manifest(Path folder, Manifest manifest, List<Path> pending) throws IOException {
        var place = folder.resolve(Manifest.FILE);
        pending.add(unfinished(place));
        Files.writeString(unfinished(place), manifest.text());
        move(unfinished(place), place);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling("." + file.getFileName() + UNFINISHED);
    }

    private static void requireOurs(Path folder, Iterable<String> names, Manifest earlier) throws IOException {
        for (var name : names) {
            var place = folder.resolve(name);
            if (Files.exists(place) && !earlier.names(name)) {
                throw new FileAlreadyExistsException(place.toString(), null, "no comparison wrote it");
            }
            if (Files.exists(place) && !earlier.unchanged(name, place)) {
                throw new FileAlreadyExistsException(place.toString(), null,
                        "somebody has changed it since a comparison wrote it");
            }
        }
    }

    private static IOException refusal(Path folder, IOException cause) {
        return new IOException("out is %s, expected a folder that a comparison can be written to: %s".formatted(folder,
                why(cause)), cause);
    }

    private static String why(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException exists ->
                "%s is there, and %s".formatted(exists.getFile(), orElse(exists.getReason(), "is a file"));
            case FileSystemException other ->
                "%s at %s".formatted(orElse(other.getReason(), cause.getClass().getSimpleName()), other.getFile());
            default -> orElse(cause.getMessage(), cause.getClass().getSimpleName());
        };
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
