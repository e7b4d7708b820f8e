package dev.normforge.screening;

import java.util.Random;

/** Fixed normal numbers. {@link Random} is specified to the last bit, so that a probe says the same on every machine. */
final class Noise {

    private final Random random;

    Noise(long seed) {
        random = new Random(seed);
    }

    double[] normal(int size, double deviation) {
        var numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        return numbers;
    }
}
