package dev.normforge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The layer files that earlier reports wrote into a folder.
 *
 * @param written what each report wrote there, by file
 */
record EarlierReports(Map<Path, Set<String>> written) {

    /** No path but a plain name: the reports stand where anybody may have changed them. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    /** @param reports files that may hold one; what cannot be read as a report tells nothing */
    static EarlierReports in(Path folder, List<Path> reports) {
        var written = new LinkedHashMap<Path, Set<String>>();
        for (var file : reports) {
            if (Files.isRegularFile(file)) {
                read(file, folder, written);
            }
        }
        return new EarlierReports(written);
    }

    private static void read(Path file, Path folder, Map<Path, Set<String>> written) {
        try {
            var report = Report.read(Files.readString(file));
            for (var entries : List.of(report.confirmed(), report.references())) {
                for (var entry : entries) {
                    if (NAME.matcher(entry.layer()).matches()) {
                        written.computeIfAbsent(ReportFiles.file(entry, folder), _ -> new LinkedHashSet<>())
                                .add(ReportFiles.text(entry));
                    }
                }
            }
        } catch (IOException | RuntimeException notOurs) {
            // Another version's, somebody else's or spoiled by hand: then no file is known to be ours.
        }
    }

    /** Deletes those that are not among {@code kept} and hold what was written, not what a user made of it. */
    void clear(Set<Path> kept) throws IOException {
        for (var file : written.keySet()) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(ReportFiles.unfinished(file));
                if (Files.isRegularFile(file)
                        && written.get(file).contains(new String(Files.readAllBytes(file), UTF_8))) {
                    Files.delete(file);
                }
            }
        }
    }
}
