package dev.normforge.search;

import org.jspecify.annotations.Nullable;

/**
 * What a search will train. A training goes over all anchors with one seed.
 *
 * @param anchors of the proxy
 * @param calibration trainings of reference layers
 * @param calibrationSteps of all of them on all anchors
 * @param firstRound trainings of confirmation's first round, where time allows
 * @param secondRound of its second, references included
 * @param confirmationSteps of both on all anchors
 * @param evolutionSteps at most, on all anchors; null where time alone ends it
 * @param workers that are connected now
 * @param timing null where this proxy has not been calibrated yet
 */
public record Forecast(int anchors, int calibration, long calibrationSteps, int firstRound, int secondRound,
        long confirmationSteps, @Nullable Long evolutionSteps, int workers, @Nullable Timing timing) {

    /**
     * Estimates from another search of the same proxy, with the workers that are connected now, or with one.
     *
     * @param measuredIn that search
     * @param calibrationMillis of calibration
     * @param evolutionMillis of evolution; null where its end cannot be foreseen
     * @param confirmationMillis of confirmation, where time does not cut it short
     */
    public record Timing(String measuredIn, long calibrationMillis, @Nullable Long evolutionMillis,
            long confirmationMillis) {
    }
}
