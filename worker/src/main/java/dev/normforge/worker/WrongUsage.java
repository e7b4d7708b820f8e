package dev.normforge.worker;

import org.jspecify.annotations.Nullable;

/** An option with a value that no file or database could make right: one line, and exit code 2. */
final class WrongUsage extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongUsage(String message) {
        this(message, null);
    }

    WrongUsage(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
