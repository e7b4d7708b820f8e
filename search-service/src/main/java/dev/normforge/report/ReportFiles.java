package dev.normforge.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code report.json}, {@code report.schema.json}, {@code report.md} and one layer file per confirmed layer and reference.
 * Each appears whole or not at all.
 */
public final class ReportFiles {

    private ReportFiles() {
    }

    /**
     * Whether files could be written there, before a search is begun. Creates the folder.
     *
     * @throws IOException in one line: the folder and why not
     */
    public static void check(Path folder) throws IOException {
        throw new UnsupportedOperationException("not yet " + folder);
    }

    /**
     * Writes all files.
     *
     * @return what was written
     * @throws IOException in one line: the folder and why not
     */
    public static List<Path> write(Report report, Path folder) throws IOException {
        throw new UnsupportedOperationException("not yet " + report + folder);
    }
}
