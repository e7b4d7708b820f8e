package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonPlan.PlannedCell;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.Expectation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expectations that name what is not in the grid: they could be neither met nor missed. */
final class WrongExpectations {

    private static final List<Field> FIELDS = List.of(new Field("layer", Part::layer, Cell::layer),
            new Field("anchor", Part::anchor, Cell::anchor), new Field("batch", Part::batch, Cell::batch),
            new Field("normalizationBatch", Part::normalizationBatch, Cell::normalizationBatch),
            new Field("weightStandardization", Part::weightStandardization, Cell::weightStandardization),
            new Field("statistics", Part::statistics, Cell::statistics), new Field("order", Part::order, Cell::order),
            new Field("corruption", Part::corruption, Cell::corruption),
            new Field("adapted", Part::adapted, Cell::adapted));

    private WrongExpectations() {
    }

    /** What a part may say of a cell. */
    private record Field(String name, Function<Part, @Nullable Object> wanted, Function<Cell, Object> held) {
    }

    /** @throws IllegalArgumentException naming the part, its field, the value and what the grid has */
    static void refuse(ComparisonSpec spec, List<PlannedCell> planned) {
        var cells = planned.stream().map(PlannedCell::cell).toList();
        var restoring = spec.proxy().anchors().stream().filter(anchor -> anchor.family().restores())
                .map(AnchorSpec::name).collect(Collectors.toSet());
        for (int i = 0; i < spec.expectations().size(); i++) {
            var parts = spec.expectations().get(i).parts();
            var units = new ArrayList<Boolean>();
            for (int j = 0; j < parts.size(); j++) {
                var path = "expectations[%d].parts[%d]".formatted(i, j);
                named(parts.get(j), cells, path).forEach(cell -> units.add(restoring.contains(cell.anchor())));
            }
            Refusal.unless(units.stream().distinct().count() == 1, "expectations[%d]".formatted(i),
                    "about accuracies and decibels", "one of them: say anchor in each part");
        }
    }

    /** The cells that are left field by field; the field that leaves none is the culprit. */
    private static List<Cell> named(Part part, List<Cell> cells, String path) {
        var left = cells;
        for (var field : FIELDS) {
            var wanted = field.wanted().apply(part);
            if (wanted != null) {
                var matching = left.stream().filter(cell -> wanted.equals(field.held().apply(cell))).toList();
                if (matching.isEmpty()) {
                    var held = left.stream().map(cell -> String.valueOf(field.held().apply(cell))).distinct().toList();
                    throw Refusal.of(path + "." + field.name(), wanted,
                            "one that the grid has: " + Refusal.names(held));
                }
                left = matching;
            }
        }
        return left;
    }
}
