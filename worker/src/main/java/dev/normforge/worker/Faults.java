package dev.normforge.worker;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Misbehaves on order, for crash tests of a whole installation: the environment variable {@code NORMFORGE_FAULT} holds
 * {@code ACTION@step=N:layer=HASH}. Where a layer's phenotype hash starts with HASH (hexadecimal digits, or sets of them as in
 * {@code [0-3]}; {@code *} for every layer), training step N of any anchor aborts the process as a native crash would ({@code abort}), stops without end
 * ({@code hang}) or runs out of memory ({@code memory}). Unset, as always but in such tests, it does nothing.
 */
final class Faults {

    private static final String VARIABLE = "NORMFORGE_FAULT";
    private static final Pattern FORMAT = Pattern
            .compile(
                    "(?<action>abort|hang|memory)@step=(?<step>\\d{1,9}):layer=(?<hash>\\*|[0-9a-f]{1,64}|\\[[0-9a-f-]{1,16}])");
    private static final int ABORTED = 134;

    private enum Action {
        ABORT, HANG, MEMORY
    }

    private final @Nullable Action action;
    private final int step;
    private final String hash;

    private Faults(@Nullable Action action, int step, String hash) {
        this.action = action;
        this.step = step;
        this.hash = hash;
    }

    static Faults of(Map<String, String> environment) {
        var ordered = environment.get(VARIABLE);
        if (ordered == null || ordered.isEmpty()) {
            return new Faults(null, 0, "");
        }
        var parts = FORMAT.matcher(ordered);
        if (!parts.matches()) {
            throw new UserError(
                    "%s is %s, expected abort|hang|memory@step=N:layer=HASH".formatted(VARIABLE, ordered));
        }
        return new Faults(Action.valueOf(parts.group("action").toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group("step")), parts.group("hash"));
    }

    boolean ordered() {
        return action != null;
    }

    /** @param layer the phenotype hash of the layer in training */
    void onStep(int done, String layer) {
        if (action == null || done != step || !(hash.equals("*") || Pattern.compile(hash).matcher(layer).lookingAt())) {
            return;
        }
        switch (action) {
            case ABORT -> Runtime.getRuntime().halt(ABORTED);
            case HANG -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case MEMORY -> throw new OutOfMemoryError("ordered by " + VARIABLE);
        }
    }
}
