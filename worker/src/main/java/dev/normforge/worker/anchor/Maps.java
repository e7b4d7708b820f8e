package dev.normforge.worker.anchor;

/** Size of the maps of one image at some point of a network. */
record Maps(int channels, int height, int width) {

    long numbers() {
        return (long) channels * pixels();
    }

    long pixels() {
        return (long) height * width;
    }

    Maps withChannels(int other) {
        return new Maps(other, height, width);
    }

    /** After a padded convolution, or pooling, of this stride: an odd side is rounded up. */
    Maps strided(int stride) {
        return new Maps(channels, strided(height, stride), strided(width, stride));
    }

    static int strided(int side, int stride) {
        return (side + stride - 1) / stride;
    }
}
