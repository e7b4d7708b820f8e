package dev.normforge.worker.training;

import dev.normforge.worker.data.Images;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** In which order images are trained on: every image once, then all of them again in another order. */
final class ImageOrder {

    private final RandomGenerator random;
    private final int[] order;
    private final @Nullable Runs runs;
    private int next;
    private long given;

    /**
     * Runs of images of one class.
     *
     * @param labels of all images
     * @param length of a run
     */
    private record Runs(int[] labels, int length) {
    }

    private ImageOrder(int count, @Nullable Runs runs, RandomGenerator random) {
        this.random = random;
        this.order = new int[count];
        this.runs = runs;
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        this.next = count;
    }

    /** Any order is as likely as any other. */
    static ImageOrder shuffled(int count, RandomGenerator random) {
        return new ImageOrder(count, null, random);
    }

    /**
     * The images of a class in runs of {@code run}, each in any order, and the runs of all classes in any order. What does not
     * go round fills the run that an earlier round left open, and the end.
     *
     * @param count of the images, from the first
     * @param run images that a layer sees together
     */
    static ImageOrder byClass(Images images, int count, int run, RandomGenerator random) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = images.label(i);
        }
        return new ImageOrder(count, new Runs(labels, run), random);
    }

    int next() {
        if (next == order.length) {
            shuffle();
            if (runs != null) {
                arrange(runs);
            }
            next = 0;
        }
        given++;
        return order[next++];
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    private void arrange(Runs by) {
        var whole = new ArrayList<List<Integer>>();
        var rest = new ArrayList<Integer>();
        for (var kind : classes(by.labels())) {
            int inRuns = kind.size() - kind.size() % by.length();
            for (int from = 0; from < inRuns; from += by.length()) {
                whole.add(kind.subList(from, from + by.length()));
            }
            rest.addAll(kind.subList(inRuns, kind.size()));
        }
        Collections.shuffle(whole, Random.from(random));
        int open = (int) (given % by.length());
        int missing = open == 0 ? 0 : by.length() - open;
        while (rest.size() < missing && !whole.isEmpty()) {
            rest.addAll(whole.removeLast());
        }
        int filling = Math.min(missing, rest.size());
        var all = new ArrayList<>(rest.subList(0, filling));
        whole.forEach(all::addAll);
        all.addAll(rest.subList(filling, rest.size()));
        for (int i = 0; i < order.length; i++) {
            order[i] = all.get(i);
        }
    }

    /** The images of each class, in the order in which they stand; classes in the order of their first images. */
    private Collection<List<Integer>> classes(int[] labels) {
        var classes = new LinkedHashMap<Integer, List<Integer>>();
        for (int image : order) {
            classes.computeIfAbsent(labels[image], _ -> new ArrayList<>()).add(image);
        }
        return classes.values();
    }
}
