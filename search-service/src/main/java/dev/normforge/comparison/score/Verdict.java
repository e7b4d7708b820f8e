package dev.normforge.comparison.score;

import java.util.Locale;

/** What came of a published finding. */
public enum Verdict {
    /** The 95 % interval lies above 0. */
    AS_PUBLISHED,
    /** It lies below 0. */
    OPPOSITE,
    /** It holds 0. */
    WITHIN_NOISE,
    /** Runs are missing, or too few to know the noise. */
    NOT_MEASURED;

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
