package dev.normforge.worker.data;

import java.io.IOException;

/** The images cannot be had. Its message is one line for the user: what was found, what was expected. */
public final class NoImagesException extends IOException {

    private static final long serialVersionUID = 1;

    NoImagesException(String message) {
        super(message);
    }

    NoImagesException(String message, IOException cause) {
        super(message, cause);
    }
}
