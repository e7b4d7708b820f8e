package dev.normforge.search;

/** What the operator wants of a search. */
public enum Intent {
    RUN, PAUSE, CANCEL
}
