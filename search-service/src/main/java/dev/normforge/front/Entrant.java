package dev.normforge.front;

/** A scored layer that may stand on a front. */
public record Entrant(int birth, Scores scores) {
}
