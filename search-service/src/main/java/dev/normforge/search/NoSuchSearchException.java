package dev.normforge.search;

/** There is no search with this id. */
public class NoSuchSearchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchSearchException(SearchId id) {
        super("search is %s, expected the id of a search that exists".formatted(id));
    }
}
