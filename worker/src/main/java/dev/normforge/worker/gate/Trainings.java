package dev.normforge.worker.gate;

import dev.normforge.protocol.EvaluationRequest;
import java.io.IOException;

/** Starts trainings. */
public interface Trainings {

    /**
     * What one request needs: its images are at hand.
     *
     * @param alive is told of progress while images are fetched and read, and while images are counted later on; may end
     *        either by throwing {@link Abandoned}
     * @throws IOException in one line for the user, where there are no images
     */
    Bench prepare(EvaluationRequest request, Runnable alive) throws IOException;

    /** Trainings of one request. */
    interface Bench {

        /** @param anchor position in the request's proxy */
        AnchorTraining start(int anchor);

        /** Median milliseconds of BN-ReLU's step in that anchor on this worker. */
        double batchNormStepMillis(int anchor);
    }
}
