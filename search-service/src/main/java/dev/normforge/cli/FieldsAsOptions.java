package dev.normforge.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals of a comparison's specification in the words of the command line: its fields have options. */
final class FieldsAsOptions {

    /** The longer names first. */
    private static final Map<String, String> OPTIONS = options();

    private FieldsAsOptions() {
    }

    private static Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("grid.batches", "--batch-sizes");
        options.put("grid.normalizationBatches", "--normalization-batch");
        options.put("grid.weightStandardization", "--weight-standardization");
        options.put("grid.statistics", "--statistics");
        options.put("grid.orders", "--order");
        options.put("grid.corruptions", "--corruptions");
        options.put("grid.adapt", "--adapt");
        options.put("proxy.anchors", "--anchors");
        options.put("proxy.training.learningRate", "--learning-rate");
        options.put("proxy.training.steps", "--images");
        options.put("layers.count", "--random-layers");
        options.put("layers", "--layers");
        options.put("seeds", "--seeds");
        options.put("firstSeed", "--first-seed");
        options.put("evaluations", "--evaluations");
        options.put("minutes", "--minutes");
        options.put("scoredOn", "--scored-on");
        return options;
    }

    /** The same with the option in place of a field that it is the value of, or before it. */
    static String in(String refusal) {
        for (var entry : OPTIONS.entrySet()) {
            var field = entry.getKey();
            if (refusal.startsWith(field + " is ") && !field.equals("proxy.training.steps")) {
                return entry.getValue() + refusal.substring(field.length());
            }
            if (refusal.startsWith(field)) {
                return "%s: %s%s".formatted(entry.getValue(), refusal, refusal.matches("layers\\[\\d+]\\.label is .*")
                        ? " (a file is called by its name without .json)"
                        : "");
            }
        }
        return refusal;
    }
}
