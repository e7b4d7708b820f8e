package dev.normforge.comparison;

import dev.normforge.protocol.ComparisonSpec;
import org.jspecify.annotations.Nullable;

/**
 * What an order changes about a comparison without changing its grid, so that what is published still speaks of it. Null
 * leaves what the comparison has.
 *
 * @param seeds how many
 * @param firstSeed the first of them
 * @param minutes after which nothing new is begun
 * @param data {@code cifar10} or {@code synthetic}
 */
public record Changes(@Nullable Integer seeds, @Nullable Long firstSeed, @Nullable Double minutes,
        @Nullable String data) {

    /** @throws IllegalArgumentException naming field, value and expectation */
    public ComparisonSpec on(ComparisonSpec base) {
        var proxy = data == null ? base.proxy() : base.proxy().withData(base.proxy().data().named(data));
        return new ComparisonSpec(base.name(), base.layers(), proxy, base.grid(), seeds == null ? base.seeds() : seeds,
                firstSeed == null ? base.firstSeed() : firstSeed, base.scoredOn(), base.evaluations(),
                base.threeCurves(), minutes == null ? base.minutes() : minutes, base.expectations());
    }
}
