package dev.normforge.comparison.view;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.score.Circumstances;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether finds transfer, as a page of Markdown: differences to BN-ReLU on every network, and a sentence for each find. */
final class TransferPage {

    private TransferPage() {
    }

    static String of(ComparisonResult result) {
        var anchors = result.cells().stream().map(CellResult::cell).map(cell -> cell.anchor()).distinct().toList();
        var facts = new Circumstances(new Sheet(result));
        var lines = new ArrayList<>(List.of("# Does it transfer?", "",
                MarkdownTable.escaped("%s. Differences seed by seed, with 95 %% t-intervals over seeds, %s.".formatted(
                        facts.images(), facts.seeds()))
                        + " The tables: [" + ComparisonFiles.PAGE + "](" + ComparisonFiles.PAGE + ").",
                ""));
        lines.addAll(MarkdownTable.of("score minus BN-ReLU's", anchors.stream().map(MarkdownTable::escaped).toList(),
                Transfer.of(result).beyond().entrySet().stream().map(layer -> row(layer, anchors)).toList()));
        lines.add("");
        Transfer.sentences(result).forEach(sentence -> lines.add(MarkdownTable.escaped(sentence)));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> row(Map.Entry<String, Map<String, Transfer.Difference>> layer, List<String> anchors) {
        return Stream.concat(Stream.of(layer.getKey()), anchors.stream().map(anchor -> {
            var difference = layer.getValue().get(anchor);
            return difference == null ? "" : difference.words();
        })).map(MarkdownTable::escaped).toList();
    }
}
