package dev.normforge.report;

/**
 * What giving layers up early saved, of those that a worker had begun to train.
 *
 * @param stepsSpent on all candidates
 * @param stepsSaved of the full trainings of rejected ones
 * @param millisSpent on devices
 * @param millisSaved estimate: the saved steps at the average time of those spent
 */
public record Saving(long stepsSpent, long stepsSaved, long millisSpent, long millisSaved) {

    static Saving of(long stepsSpent, long stepsSaved, long millisSpent) {
        return new Saving(stepsSpent, stepsSaved, millisSpent,
                stepsSpent == 0 ? 0 : Math.round((double) millisSpent / stepsSpent * stepsSaved));
    }
}
