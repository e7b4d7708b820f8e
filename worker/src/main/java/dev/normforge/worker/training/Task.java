package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.random.RandomGenerator;

/** What a network learns: what it is given, what it is told, and how it is judged. */
sealed interface Task permits Classification, Restoration {

    /** The task of a kind of network. */
    static Task of(Family family) {
        return switch (family) {
            case RESNET, MOBILENET_V2, EFFICIENTNET, PLAIN, DENSE -> new Classification();
            case DENOISING_UNET -> Restoration.DENOISING;
            case DOUBLING_UNET -> Restoration.DOUBLING;
        };
    }

    /** Whether the network is given something else than the image. */
    boolean degrades();

    /**
     * Makes of an image what the network is given, in place.
     *
     * @param pixels normalized, rows × columns × colours
     * @param offset of the image in {@code pixels}
     * @param side of the image
     * @param images whose scale the pixels have
     * @param random draws noise
     */
    void degrade(float[] pixels, int offset, int side, Images images, RandomGenerator random);

    /**
     * The share of a batch in the mean loss of {@code of} images, in the scope of {@code output}.
     *
     * @param output of the network for this batch
     */
    NDArray loss(NDArray output, Batch batch, int of, Constants constants, Layout layout);

    /** A loss above it counts as diverged. */
    double highestLoss();

    /** @param images whose scale the batch has */
    Tally tally(NDArray output, Batch batch, Images images, Constants constants);

    /** What a network counts as that did not stay finite. */
    Tally nothing(int total);
}
