package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.BatchOrder;
import dev.normforge.worker.data.Images;
import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Guards against a class order that leaves images out, mixes classes without need, or follows a pattern. */
class BatchesOfOneClassTest {

    private static final int RUN = 8;
    private static final int[] GOLDEN = {0, 7, 9, 6, 8, 5, 6, 7, 8, 5, 1, 4, 6, 3, 7, 5};
    /** Of 10 - 1 = 9 degrees of freedom, passed by chance once in a thousand times. */
    private static final double CHI_SQUARE = 27.9;

    private static Images images(int... perClass) {
        byte[] labels = new byte[Arrays.stream(perClass).sum()];
        int at = 0;
        for (int kind = 0; kind < perClass.length; kind++) {
            Arrays.fill(labels, at, at + perClass[kind], (byte) kind);
            at += perClass[kind];
        }
        return new Images(new byte[labels.length * Images.COLOURS], labels, 1, new float[3], new float[]{1, 1, 1});
    }

    private static ImageOrder order(Images images, long seed) {
        return ImageOrder.byClass(images, images.count(), RUN, new SplittableRandom(seed));
    }

    private static int[] next(ImageOrder order, int count) {
        return IntStream.generate(order::next).limit(count).toArray();
    }

    private static long classes(Images images, int[] run) {
        return Arrays.stream(run).map(images::label).distinct().count();
    }

    @Test
    void everyImageComesOnceARoundThoughRoundsEndWithinARun() {
        var images = images(41, 7, 30, 19, 1, 12);
        var order = order(images, 1);
        for (int round = 0; round < 20; round++) {
            assertThat(next(order, images.count())).as("round %d", round)
                    .containsExactlyInAnyOrder(IntStream.range(0, images.count()).toArray());
        }
    }

    @Test
    void asManyRunsAsGoRoundAreOfOneClass() {
        var images = images(41, 7, 30, 19, 1, 12);
        var order = order(images, 1);
        int whole = 5 + 0 + 3 + 2 + 0 + 1;
        int rounds = 8; // a multiple of the run, so that the last round ends with one
        int pure = 0;
        for (int i = 0; i < rounds * images.count() / RUN; i++) {
            pure += classes(images, next(order, RUN)) == 1 ? 1 : 0;
        }
        // A round that begins within a run and has too few images left over breaks up one run to fill it.
        assertThat(pure).isBetween(rounds * (whole - 1), rounds * (whole + 1));
    }

    @Test
    void whereClassesGoRoundEveryRunIsOfOneClass() {
        var images = images(16, 24, 8);
        var order = order(images, 1);
        for (int i = 0; i < 60; i++) {
            assertThat(classes(images, next(order, RUN))).isEqualTo(1);
        }
    }

    @Test
    void runsComeInAnyOrderAndImagesAtAnyPlaceOfTheirClass() {
        var images = images(IntStream.generate(() -> RUN).limit(10).toArray());
        int rounds = 2000;
        int[] firstClass = new int[10];
        int[] afterClassThree = new int[10];
        int[] placeOfImageZero = new int[RUN];
        var order = order(images, 5);
        for (int round = 0; round < rounds; round++) {
            int[] all = next(order, images.count());
            firstClass[images.label(all[0])]++;
            for (int at = 0; at < all.length; at++) {
                if (all[at] == 0) {
                    placeOfImageZero[at % RUN]++;
                }
                if (at + RUN < all.length && at % RUN == 0 && images.label(all[at]) == 3) {
                    afterClassThree[images.label(all[at + RUN])]++;
                }
            }
        }
        assertThat(chiSquare(firstClass)).isLessThan(CHI_SQUARE);
        assertThat(chiSquare(placeOfImageZero)).isLessThan(CHI_SQUARE);
        assertThat(afterClassThree[3]).isZero();
        int[] others = IntStream.range(0, 10).filter(kind -> kind != 3).map(kind -> afterClassThree[kind]).toArray();
        assertThat(chiSquare(others)).isLessThan(CHI_SQUARE);
    }

    private static double chiSquare(int[] counts) {
        double expected = Arrays.stream(counts).average().orElseThrow();
        return Arrays.stream(counts).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
    }

    @Test
    void theOrderOfTheProxyIsTheOneOfTheBatches() {
        var proxy = Laptop.withBatch(Laptop.proxy(10), 16).withNormalizationBatch(8);
        var byClass = new Batches(Laptop.IMAGES, proxy.withBatchOrder(BatchOrder.BY_CLASS), new Classification(), 1);
        var shuffled = new Batches(Laptop.IMAGES, proxy, new Classification(), 1);
        assertThat(labelsTogether(byClass)).as("mean number of labels in a part").isLessThan(1.3);
        assertThat(labelsTogether(shuffled)).isGreaterThan(4);
    }

    private static double labelsTogether(Batches batches) {
        return Stream.generate(batches::next).limit(80).flatMap(batch -> batch.parts(8).stream())
                .mapToInt(part -> new HashSet<>(Arrays.stream(part.labels()).boxed().toList()).size()).average()
                .orElseThrow();
    }

    @Test
    void shuffledBatchesAreThoseThatEarlierSearchesTrainedOn() {
        var batches = new Batches(Laptop.IMAGES, Laptop.proxy(10), new Classification(), 7);
        var batch = Stream.generate(batches::next).skip(29).findFirst().orElseThrow(); // in the second round
        assertThat(Arrays.copyOf(batch.labels(), GOLDEN.length)).containsExactly(GOLDEN);
        assertThat(Arrays.hashCode(batch.pixels())).isEqualTo(-1282617946);
    }
}
