package dev.normforge.comparison.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.protocol.BatchStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CsvLosesRunsTest {

    /** Rows by the names of their columns; the sample has no quoted fields. */
    private static List<Map<String, String>> rows(String csv) {
        var lines = csv.split("\r\n");
        var names = lines[0].split(",");
        return Stream.of(lines).skip(1).map(line -> {
            var fields = line.split(",", -1);
            assertThat(fields).hasSameSizeAs(names);
            var row = new HashMap<String, String>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], fields[i]);
            }
            return Map.copyOf(row);
        }).toList();
    }

    private static ComparisonResult sample() {
        return SampleComparison.of("bn-relu").anchors("resnet", "unet").withThreeCurves().withCurves()
                .statistics(new BatchStatistics.Moving(0.9), new BatchStatistics.Precise(64))
                .scoring((cell, seed) -> {
                    if (seed == 13) {
                        return Double.NaN;
                    }
                    return seed == 12 ? -1 : cell.anchor().equals("unet") ? 28.5 : 0.25;
                });
    }

    @Test
    void everyCellHasARowForEverySeed() {
        var rows = rows(CsvFiles.cells(sample()));
        assertThat(rows).hasSize(2 * 2 * 3);
        assertThat(rows.getFirst()).containsEntry("comparison", "sample-1").containsEntry("layer", "bn-relu")
                .containsEntry("batch", "32").containsEntry("normalization_batch", "32")
                .containsEntry("weight_standardization", "off").containsEntry("statistics", "moving-0.9")
                .containsEntry("order", "SHUFFLED").containsEntry("corruption", "none")
                .containsEntry("adapted", "false")
                .containsEntry("training", "0").containsEntry("seed", "11").containsEntry("state", "done")
                .containsEntry("correct", "1250").containsEntry("total", "5000").containsEntry("score", "0.25")
                .containsEntry("psnr", "").containsEntry("held_out_population_statistics", "0.25")
                .containsEntry("parameters", "8224").containsEntry("flops", "544000")
                .containsEntry("layer_parameters", "824").containsEntry("layer_flops", "244000")
                .containsEntry("steps", "160").containsEntry("step_ms", "9.5");
        assertThat(rows.get(1)).containsEntry("seed", "12").containsEntry("state", "diverged")
                .containsEntry("steps", "40");
        assertThat(rows.get(2)).containsEntry("seed", "13").containsEntry("state", "missing")
                .containsEntry("score", "");
        assertThat(rows.stream().filter(row -> "unet".equals(row.get("anchor"))).findFirst().orElseThrow())
                .containsEntry("score", "28.5").containsEntry("psnr", "28.5");
    }

    @Test
    void curvesThatCellsShareStandOnce() {
        var rows = rows(CsvFiles.curves(sample()));
        assertThat(rows).hasSize(2 * 2 * 2 * 12);
        assertThat(rows.stream().filter(row -> "training-loss".equals(row.get("curve")))).hasSize(48);
        assertThat(rows.getFirst()).containsEntry("step", "13").containsEntry("accuracy", "");
        assertThat(rows).filteredOn(row -> "evaluation".equals(row.get("curve"))).first()
                .satisfies(row -> assertThat(row).containsEntry("total", "5000").containsEntry("loss", ""));
    }
}
