package dev.normforge.embedded;

import org.jspecify.annotations.Nullable;

/** The folder of an embedded PostgreSQL cannot be used; the message is one line for people. */
public class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
