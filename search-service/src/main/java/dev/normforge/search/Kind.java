package dev.normforge.search;

/** What a row of {@code search} is. */
enum Kind {
    SEARCH("search"), COMPARISON("comparison");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** For sentences. */
    String word() {
        return word;
    }
}
