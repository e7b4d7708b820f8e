package dev.normforge.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How sure it is that a layer stands on the front: the share of resampled worlds in which nobody dominates it. Each
 * resampling adds to every accuracy normal noise whose variance is that between seeds plus the binomial one of its images.
 * A fixed generator: the same rows draw the same page.
 */
public final class Membership {

    /** Members above this probability are drawn solid. */
    public static final double SOLID = 0.9;

    private static final int WORLDS = 400;
    private static final long SEED = 0x6e6f726d666f7267L;

    private Membership() {
    }

    /**
     * @param members of the front
     * @param rivals layers off the front that might stand there by luck
     * @param seedDeviation standard deviation of an accuracy between seeds, per anchor
     * @return the probability of each member, by birth
     */
    public static Map<Integer, Double> of(List<Entrant> members, List<Entrant> rivals, List<Double> seedDeviation) {
        var contenders = new ArrayList<>(members);
        contenders.addAll(rivals);
        var random = new SplittableRandom(SEED);
        var hits = new int[members.size()];
        for (int world = 0; world < WORLDS; world++) {
            var sampled = contenders.stream().map(one -> sample(one.scores(), seedDeviation, random)).toList();
            for (int i = 0; i < hits.length; i++) {
                var member = sampled.get(i);
                if (sampled.stream().noneMatch(other -> dominates(other, member))) {
                    hits[i]++;
                }
            }
        }
        var probability = new HashMap<Integer, Double>();
        for (int i = 0; i < hits.length; i++) {
            probability.put(members.get(i).birth(), (double) hits[i] / WORLDS);
        }
        return probability;
    }

    private static double[] sample(Scores scores, List<Double> seedDeviation, SplittableRandom random) {
        if (scores.anchors().size() != seedDeviation.size()) {
            throw new IllegalArgumentException("seedDeviation has %d anchors, expected %d"
                    .formatted(seedDeviation.size(), scores.anchors().size()));
        }
        var sampled = new double[seedDeviation.size()];
        Arrays.setAll(sampled, anchor -> {
            double accuracy = scores.accuracy(anchor);
            double images = accuracy * (1 - accuracy) / scores.anchors().get(anchor).total();
            double seeds = seedDeviation.get(anchor) * seedDeviation.get(anchor);
            return accuracy + random.nextGaussian() * Math.sqrt(seeds + images);
        });
        return sampled;
    }

    private static boolean dominates(double[] one, double[] two) {
        boolean better = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] < two[i]) {
                return false;
            }
            better |= one[i] > two[i];
        }
        return better;
    }
}
