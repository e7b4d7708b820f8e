package dev.normforge.queue;

/**
 * Where a worker is.
 *
 * @param evaluation what it trains
 * @param anchor position of the anchor in the proxy
 * @param step steps of that anchor done
 * @param steps steps of that anchor in all
 */
public record Progress(long evaluation, int anchor, int step, int steps) {
}
