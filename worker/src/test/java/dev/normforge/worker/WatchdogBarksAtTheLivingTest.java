package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slow training is no hung one: patience grows with the median step, and ends only with the training. */
class WatchdogBarksAtTheLivingTest {

    private long now;
    private int barks;
    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(60), () -> now, () -> barks++);

    @AfterEach
    void close() {
        watchdog.close();
    }

    /** Time passes under its eyes. */
    private void after(double seconds) {
        long end = now + Math.round(seconds * 1e9);
        while (now < end) {
            now = Math.min(end, now + 7_500_000_000L);
            watchdog.look();
        }
    }

    /** Time passes while the whole process is stopped. */
    private void stoppedFor(double seconds) {
        now += Math.round(seconds * 1e9);
        watchdog.look();
    }

    @Test
    void withoutAnyStepItWaitsAMinute() {
        watchdog.watch();
        after(60);
        assertThat(barks).isZero();
        after(0.001);
        assertThat(barks).isEqualTo(1);
    }

    @Test
    void slowStepsEarnFiftyTimesTheirMedian() {
        watchdog.watch();
        for (int step = 0; step < 9; step++) {
            after(step == 4 ? 50 : 2);
            watchdog.step();
        }
        after(100);
        assertThat(barks).isZero();
        after(0.1);
        assertThat(barks).isEqualTo(1);
    }

    @Test
    void anySignOfLifeStartsTheClockAnew() {
        watchdog.watch();
        after(59);
        watchdog.alive();
        after(59);
        watchdog.step();
        after(59);
        assertThat(barks).isZero();
    }

    @Test
    void aProcessThatWasStoppedForAnHourHasNotHung() {
        watchdog.watch();
        after(30);
        stoppedFor(3600);
        after(22.5);
        assertThat(barks).isZero();
        after(0.001);
        assertThat(barks).isEqualTo(1);
    }

    @Test
    void aSignOfLifeRightAfterTheStopEarnsNoExtraTime() {
        watchdog.watch();
        now += 3_600_000_000_000L;
        watchdog.alive();
        watchdog.look();
        after(60.001);
        assertThat(barks).isEqualTo(1);
    }

    @Test
    void nobodyIsWatchedBetweenTrainings() {
        watchdog.watch();
        watchdog.rest();
        after(3600);
        assertThat(barks).isZero();
        watchdog.watch();
        after(59);
        assertThat(barks).isZero();
    }
}
