package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrawsChangeUnnoticedTest {

    @Test
    void theStepIsThatOfXoshiro256StarStar() {
        // Published with the generator for the state 1, 2, 3, 4.
        var draws = new Draws(1, 2, 3, 4);

        assertThat(new long[]{draws.nextLong(), draws.nextLong(), draws.nextLong(), draws.nextLong(), draws.nextLong()})
                .containsExactly(11520, 0, 1509978240, 1215971899390074240L, 1216172134540287360L);
    }

    @Test
    void theStateComesFromSplitMix64() {
        long start = new SplittableRandom(7 - 0x9e3779b97f4a7c15L).nextLong() + 3; // mix(7) + birth 3
        var words = new SplittableRandom(start);

        assertThat(new Draws(7, 3).nextLong()).isEqualTo(
                new Draws(words.nextLong(), words.nextLong(), words.nextLong(), words.nextLong()).nextLong());
    }

    /** Computed by a second implementation. */
    @Test
    void goldenValues() {
        var draws = new Draws(1, 0);
        assertThat(draws.nextLong()).isEqualTo(-256118579308052130L);
        assertThat(draws.nextInt(15)).isEqualTo(1);
        assertThat(draws.nextDouble()).isEqualTo(0.007392865545658545);
        assertThat(new Draws(1, 1).nextLong()).isEqualTo(506700079321890229L);
        assertThat(new Draws(-5, 1_000_000).nextLong()).isEqualTo(-3802813332089933325L);
    }

    @Test
    void neighbouringBirthsAndSeedsShareNoDraws() {
        var first = new HashSet<Long>();
        for (long seed = -50; seed < 50; seed++) {
            for (long birth = 0; birth < 100; birth++) {
                var draws = new Draws(seed, birth);
                first.add(draws.nextLong());
                first.add(draws.nextLong());
            }
        }

        assertThat(first).hasSize(100 * 100 * 2);
    }

    @Test
    void boundedDrawsAreUniformAcrossBirths() {
        var right = new long[24];
        var wrong = new long[24];
        for (int birth = 0; birth < 100_000; birth++) {
            right[new Draws(9, birth).nextInt(24)]++;
            wrong[ChiSquare.offByOne(new Draws(9, birth)).nextInt(24)]++;
        }

        assertThat(ChiSquare.rejects(right, ChiSquare.uniform(24))).isFalse();
        assertThat(ChiSquare.rejects(wrong, ChiSquare.uniform(24))).isTrue();
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> new Draws(1, 1).nextInt(0)).hasMessage("bound is 0, expected at least 1");
    }
}
