package dev.normforge.access;

/** What somebody may do: a viewer reads, an operator also orders. */
public enum Role {
    VIEWER, OPERATOR;

    /** Whether this role may do what needs another one. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
