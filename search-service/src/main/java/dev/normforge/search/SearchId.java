package dev.normforge.search;

/** A search's primary key. */
public record SearchId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
