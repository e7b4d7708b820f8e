package dev.normforge.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Functions and methods that a generated module holds where its formula calls them, in the order in which they stand there; their
 * code is in {@code torch_functions.py}.
 */
enum TorchFunction {
    LOG,
    SQRT,
    STD,
    RMS,
    GROUPED,
    SPREAD,
    GROUP_MEAN,
    GROUP_STD,
    GROUP_RMS,
    FLAT,
    GROUP_NORM,
    BATCH_MEAN,
    BATCH_VAR,
    BATCH_MS,
    BATCH_NORM,
    KEPT,
    FOLLOW;

    private static final Map<String, String> TEXTS = Arrays.stream(Template.read("torch_functions.py").split("\n\n\n"))
            .map(text -> text.strip() + "\n")
            .collect(Collectors.toMap(text -> text.substring("def ".length(), text.indexOf('(')), Function.identity()));

    /** Whether it belongs to the class. */
    boolean isMethod() {
        return text().contains("(self, ");
    }

    /** What code calls it. */
    String title() {
        return "_" + name().toLowerCase(Locale.ROOT);
    }

    String text() {
        var text = TEXTS.get(title());
        if (text == null) {
            throw new IllegalStateException("torch_functions.py has no " + title());
        }
        return text;
    }

    /** Those of the others that it calls. */
    Set<TorchFunction> calls() {
        return switch (this) {
            case GROUP_MEAN, GROUP_STD, GROUP_RMS -> Set.of(GROUPED, SPREAD);
            case GROUP_NORM -> Set.of(FLAT);
            case BATCH_MEAN, BATCH_VAR, BATCH_MS -> Set.of(KEPT, FOLLOW);
            case BATCH_NORM -> Set.of(FLAT, FOLLOW);
            case LOG, SQRT, STD, RMS, GROUPED, SPREAD, FLAT, KEPT, FOLLOW -> Set.of();
        };
    }
}
