package dev.normforge.worker.training;

import dev.normforge.worker.layer.BatchMoments;

/** Statistics of one slot that follow its training. */
sealed interface TrainedMoments extends BatchMoments permits MovingMoments, EstimatedMoments {

    /** A step is done. */
    void endStep();

    /** What evaluation uses after the steps that are done. */
    BatchMoments population();
}
