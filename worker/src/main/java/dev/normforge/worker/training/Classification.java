package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.random.RandomGenerator;

/** Images to classes, by cross-entropy; the network puts out (N, classes), before the softmax. */
record Classification() implements Task {

    @Override
    public boolean degrades() {
        return false;
    }

    @Override
    public void degrade(float[] pixels, int offset, int side, Images images, RandomGenerator random) {
        // The network is given the image.
    }

    @Override
    public NDArray loss(NDArray output, Batch batch, int of, Constants constants, Layout layout) {
        var likelihood = output.logSoftmax(1).mul(batch.targets(output.getManager(), constants)).sum();
        return likelihood.mul(constants.of(-1.0 / of));
    }

    /** Outputs of this size: what cannot come back. */
    @Override
    public double highestLoss() {
        return 1e4;
    }

    @Override
    public Tally tally(NDArray output, Batch batch, Images images, Constants constants) {
        double[] logits = constants.read(output);
        int correct = 0;
        for (int i = 0; i < batch.size(); i++) {
            int best = 0;
            for (int k = 1; k < Images.CLASSES; k++) {
                if (logits[i * Images.CLASSES + k] > logits[i * Images.CLASSES + best]) {
                    best = k;
                }
            }
            boolean number = !Double.isNaN(logits[i * Images.CLASSES + best]);
            correct += number && best == batch.labels()[i] ? 1 : 0;
        }
        return new Tally(correct, batch.size(), null);
    }

    @Override
    public Tally nothing(int total) {
        return new Tally(0, total, null);
    }
}
