package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.csv.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All proposals of a search as CSV, written while they are read: a row at a time is held. */
@Component
class CandidateCsv {

    private final CandidateRows candidates;

    CandidateCsv(CandidateRows candidates) {
        this.candidates = candidates;
    }

    void write(long search, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, UTF_8);
        var anchors = candidates.anchors(search);
        writer.write(Csv.line(header(anchors)));
        try {
            candidates.each(search, candidate -> line(writer, row(candidate, anchors.size())));
        } catch (UncheckedIOException clientLeft) {
            throw clientLeft.getCause();
        }
        writer.flush();
    }

    private static void line(Writer writer, List<@Nullable Object> row) {
        try {
            writer.write(Csv.line(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<@Nullable Object> header(List<String> anchors) {
        var names = new ArrayList<@Nullable Object>(List.of("birth", "origin", "parent", "state", "stage", "reason",
                "ordinal", "formula", "operations", "tensor_passes", "batch_statistics", "mean_accuracy"));
        for (var anchor : anchors) {
            names.add(anchor + "_correct");
            names.add(anchor + "_total");
        }
        names.add("created_at");
        return names;
    }

    private static List<@Nullable Object> row(CandidateView candidate, int anchors) {
        var scores = candidate.scores();
        var row = new ArrayList<@Nullable Object>();
        row.add(candidate.birth());
        row.add(candidate.origin());
        row.add(candidate.parent());
        row.add(candidate.state());
        row.add(candidate.stage());
        row.add(candidate.reason());
        row.add(candidate.ordinal());
        row.add(candidate.formula());
        row.add(candidate.operations());
        row.add(candidate.tensorPasses());
        row.add(candidate.batchStatistics());
        row.add(scores == null ? null : scores.mean());
        for (int i = 0; i < anchors; i++) {
            row.add(scores == null ? null : scores.correct().get(i));
            row.add(scores == null ? null : scores.total().get(i));
        }
        row.add(candidate.createdAt());
        return row;
    }
}
