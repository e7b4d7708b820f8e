package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;

/** What a network makes of its last maps. */
sealed interface Head {

    /**
     * @param images what the network was given, (N, 3, H, W)
     * @param x its last maps, (N, C, …)
     */
    NDArray forward(NDArray images, NDArray x, Pass pass);

    /** Adds its operations on one image. */
    void count(Maps in, Tally tally);

    /**
     * The mean over space and a linear map: (N, classes), before the softmax.
     *
     * @param weight (classes, C)
     * @param bias (classes)
     */
    record Classes(Constants constants, Layout layout, int weight, int bias) implements Head {

        private static final int[] SPACE = {2, 3};
        private static final int[] CHANNELS_AS_LAST_AXIS = {0, 2, 3, 1};
        private static final int[] PIXELS = {1, 2};

        @Override
        public NDArray forward(NDArray images, NDArray x, Pass pass) {
            return Kernels.linear(spatialMean(x), pass.parameter(weight), pass.parameter(bias));
        }

        /**
         * (N, C). The gradient of a sum is one number repeated, without a layout of its own; what the engine makes of it lies
         * in the order of its axes. With channels first the last slot's gradients would run across memory.
         */
        private NDArray spatialMean(NDArray x) {
            var shape = x.getShape();
            var share = constants.of(1 / ((double) shape.get(2) * shape.get(3)));
            return switch (layout) {
                case CHANNELS_LAST -> x.transpose(CHANNELS_AS_LAST_AXIS).mul(share).sum(PIXELS);
                case CHANNELS_FIRST -> x.sum(SPACE).mul(share);
            };
        }

        @Override
        public void count(Maps in, Tally tally) {
            tally.add(in.numbers() + 2L * in.channels() * Images.CLASSES + Images.CLASSES);
        }
    }

    /** A correction that is added to the images: (N, 3, H, W). */
    record Corrected(Block correction) implements Head {

        @Override
        public NDArray forward(NDArray images, NDArray x, Pass pass) {
            return correction.forward(x, pass).add(images);
        }

        @Override
        public void count(Maps in, Tally tally) {
            tally.add(correction.count(in, tally).numbers());
        }
    }
}
