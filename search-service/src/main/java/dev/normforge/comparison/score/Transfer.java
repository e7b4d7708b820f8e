package dev.normforge.comparison.score;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.TransferComparison;
import dev.normforge.statistics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How layers stand beside BN-ReLU on each network: differences seed by seed, since all layers have the same seeds, with 95 %
 * t-intervals over seeds.
 *
 * @param beyond by layer, then by network
 */
public record Transfer(Map<String, Map<String, Difference>> beyond) {

    private static final String BASELINE = "bn-relu";

    /** What a difference says, in the order in which a sentence tells it. */
    private enum Standing {
        BETTER("better beyond noise"),
        WITHIN("within noise"),
        WORSE("worse beyond noise"),
        UNKNOWN(
                "with noise that too few seeds tell"),
        UNMEASURED("without a result");

        private final String words;

        Standing(String words) {
            this.words = words;
        }
    }

    /**
     * A layer's score minus BN-ReLU's on one network.
     *
     * @param seeds the differences; null where no seed has both
     */
    public record Difference(Unit unit, @Nullable Sample seeds) {

        private Standing standing() {
            if (seeds == null) {
                return Standing.UNMEASURED;
            }
            if (!seeds.spreads()) {
                return Standing.UNKNOWN;
            }
            if (Math.abs(seeds.mean()) <= seeds.half95()) {
                return Standing.WITHIN;
            }
            return seeds.mean() > 0 ? Standing.BETTER : Standing.WORSE;
        }

        /** For example {@code +1.2 points (+0.3 to +2.1)}. */
        public String words() {
            if (seeds == null) {
                return "not measured";
            }
            var mean = unit.difference(seeds.mean());
            return seeds.spreads()
                    ? "%s (%s to %s)".formatted(mean, unit.signed(seeds.mean() - seeds.half95()),
                            unit.signed(seeds.mean() + seeds.half95()))
                    : mean;
        }
    }

    /** All layers but BN-ReLU itself, in the order of the comparison. */
    public static Transfer of(ComparisonResult result) {
        var cells = result.cells().stream().collect(Collectors.groupingBy(cell -> cell.cell().anchor(),
                LinkedHashMap::new, Collectors.toMap(cell -> cell.cell().layer(), cell -> cell, (one, _) -> one,
                        LinkedHashMap::new)));
        var beyond = new LinkedHashMap<String, Map<String, Difference>>();
        cells.forEach((anchor, layers) -> {
            var unit = Scoring.unit(result, anchor);
            layers.forEach((layer, cell) -> {
                if (!layer.equals(BASELINE)) {
                    beyond.computeIfAbsent(layer, _ -> new LinkedHashMap<>()).put(anchor,
                            new Difference(unit, differences(cell, layers.get(BASELINE), unit)));
                }
            });
        });
        return new Transfer(beyond);
    }

    private static @Nullable Sample differences(CellResult cell, @Nullable CellResult baseline, Unit unit) {
        if (baseline == null) {
            return null;
        }
        var theirs = Scoring.means(List.of(baseline), run -> Scoring.of(run, unit));
        var all = new ArrayList<Double>();
        Scoring.means(List.of(cell), run -> Scoring.of(run, unit)).forEach((seed, score) -> {
            var other = theirs.get(seed);
            if (other != null) {
                all.add(score - other);
            }
        });
        return all.isEmpty() ? null : new Sample(all);
    }

    /**
     * What transfers, one honest sentence for each found layer of a comparison that asks, else nothing: with stand-in images
     * named first, and what is missing or diverged named last.
     */
    public static List<String> sentences(ComparisonResult result) {
        boolean synthetic = result.spec().proxy().data().name().equals("synthetic");
        var caveats = result.notes().isEmpty() ? "" : " Note: %s.".formatted(String.join("; ", result.notes()));
        return of(result).sentences(TransferComparison.found(result.spec())).stream()
                .map(sentence -> (synthetic ? "On synthetic images, which say nothing about real ones: " : "")
                        + sentence
                        + caveats)
                .toList();
    }

    /** Likewise for these layers, without what holds for all. */
    List<String> sentences(List<String> found) {
        return found.stream().map(this::sentence).toList();
    }

    private String sentence(String layer) {
        var differences = beyond.getOrDefault(layer, Map.of());
        var parts = new ArrayList<String>();
        parts.addAll(standing("classifiers that no search trained on", named(differences, Unit.ACCURACY)));
        parts.addAll(standing("networks that restore images", named(differences, Unit.DECIBEL)));
        return "%s beside BN-ReLU%s: %s.".formatted(layer, seeds(differences),
                parts.isEmpty() ? "nothing was measured" : String.join("; ", parts));
    }

    /** How many seeds differences are the mean of. */
    private static String seeds(Map<String, Difference> differences) {
        var counts = differences.values().stream().map(Difference::seeds).filter(Objects::nonNull)
                .mapToInt(sample -> sample.values().size()).summaryStatistics();
        if (counts.getCount() == 0) {
            return "";
        }
        return counts.getMin() == counts.getMax()
                ? " over %d seed%s".formatted(counts.getMin(), counts.getMin() == 1 ? "" : "s")
                : " over %d to %d seeds".formatted(counts.getMin(), counts.getMax());
    }

    private static Map<String, Difference> named(Map<String, Difference> all, Unit unit) {
        var some = new LinkedHashMap<String, Difference>();
        all.forEach((anchor, difference) -> {
            if (difference.unit() == unit) {
                some.put(anchor, difference);
            }
        });
        return some;
    }

    private static List<String> standing(String networks, Map<String, Difference> differences) {
        if (differences.isEmpty()) {
            return List.of();
        }
        var parts = new ArrayList<String>();
        for (var standing : Standing.values()) {
            var some = differences.entrySet().stream().filter(entry -> entry.getValue().standing() == standing)
                    .map(entry -> "%s %s".formatted(entry.getKey(), entry.getValue().words())).toList();
            if (!some.isEmpty()) {
                parts.add("%s on %d of %d (%s)".formatted(standing.words, some.size(), differences.size(),
                        String.join(", ", some)));
            }
        }
        return List.of("on %s, %s".formatted(networks, String.join(", ", parts)));
    }
}
