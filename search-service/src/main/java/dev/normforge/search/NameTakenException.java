package dev.normforge.search;

/** A search of this name exists and is another search; the message is one line naming the first difference. */
public class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NameTakenException(String message) {
        super(message);
    }
}
