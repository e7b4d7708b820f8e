package dev.normforge.worker;

import org.jspecify.annotations.Nullable;

/** What the user can do something about: one line that names the field, the value and what was expected. */
final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    UserError(String message) {
        this(message, null);
    }

    UserError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What an exception says, in one line. */
    static String oneLine(Throwable problem) {
        var message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*|\\p{Cntrl}", " ");
    }
}
