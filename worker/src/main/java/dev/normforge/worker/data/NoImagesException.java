package dev.normforge.worker.data;

import java.io.IOException;

/** The images cannot be had. Its message is one line for the user: what was found, what was expected. */
public final class NoImagesException extends IOException {

    private static final long serialVersionUID = 1;

    NoImagesException(String message) {
        super(message);
    }

    NoImagesException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a failure says, with its kind: a file system often names no more than the file. */
    static String why(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : "%s: %s".formatted(failure.getClass().getSimpleName(),
                        message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
