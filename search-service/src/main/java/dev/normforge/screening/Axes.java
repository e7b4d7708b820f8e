package dev.normforge.screening;

import dev.normforge.graph.Extent;
import dev.normforge.graph.Numerics;

/**
 * The size of a value that is stored only over the axes it varies over, laid out as (channels, samples, positions) so that
 * what belongs to a channel is consecutive.
 *
 * @param channels 1, the number of groups, or all
 * @param samples 1 or all
 * @param positions 1 or all
 */
record Axes(int channels, int samples, int positions) {

    int size() {
        return channels * samples * positions;
    }

    /** The size of a value with this extent in a full tensor of this size. */
    Axes of(Extent extent, Numerics numerics) {
        int wide = switch (extent.channel()) {
            case NONE -> 1;
            case GROUP -> numerics.groupsFor(channels);
            case FULL -> channels;
        };
        return new Axes(wide, extent.batch() ? samples : 1, extent.space() ? positions : 1);
    }

    /**
     * Numerics under which index sets that differ in wide layers differ in this one too: at least two channels a group,
     * and two groups unless there is one everywhere.
     */
    Numerics distinct(Numerics numerics) {
        return new Numerics(Math.min(numerics.groups(), channels / 2), numerics.epsilon());
    }
}
