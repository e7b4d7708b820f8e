package dev.normforge.worker.data;

import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import java.util.List;

/**
 * The images of a proxy, without gaps in memory: training, search and confirm images one after another, and the test images
 * after them only where they were asked for.
 *
 * @param images all of them
 * @param spec how many of each
 * @param tested whether the test images are among them
 */
public record ProxyImages(Images images, DataSpec spec, boolean tested) {

    /** Test images of CIFAR-10 and of its stand-in. */
    public static final int TEST = 10_000;

    /** Images between two signs of life of whoever makes them. */
    static final int TELL_EVERY = 1000;

    public ProxyImages {
        int expected = training(spec) + (tested ? TEST : 0);
        if (images.count() != expected) {
            throw new IllegalArgumentException("images has %d, expected %d".formatted(images.count(), expected));
        }
    }

    /** The images that a score counts; test images have counts of their own. */
    public Images.Range scored(ScoredOn on) {
        return switch (on) {
            case SEARCH -> new Images.Range(spec.train(), spec.search());
            case CONFIRM, CONFIRM_AND_TEST -> new Images.Range(spec.train() + spec.search(), spec.confirm());
            case TEST -> test();
        };
    }

    /** @throws IllegalStateException where they were not asked for */
    public Images.Range test() {
        if (!tested) {
            throw new IllegalStateException("test images were not loaded");
        }
        return new Images.Range(training(spec), TEST);
    }

    /** Where a proxy's training, search and confirm images stand among the 50,000, in that order. */
    static List<Images.Range> sources(DataSpec spec) {
        return List.of(new Images.Range(0, spec.train()), new Images.Range(DataSpec.FIRST_SEARCH, spec.search()),
                new Images.Range(DataSpec.FIRST_CONFIRM, spec.confirm()));
    }

    /** Images of a proxy that come from the 50,000. */
    static int training(DataSpec spec) {
        return spec.train() + spec.search() + spec.confirm();
    }
}
