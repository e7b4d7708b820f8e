package dev.normforge.cli;

import org.jspecify.annotations.Nullable;

/** Something the user can put right: its one-line message is all they see, and the exit code is 1. */
final class UserError extends RuntimeException {

    UserError(String message) {
        super(message);
    }

    UserError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
