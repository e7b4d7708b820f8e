package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ctrl-C must be seen at once by whoever waits, and leave the shell's exit code. */
class StopRequestTest {

    private static final int SIGINT = 2;

    @Test
    void endsAWaitAndNamesTheSignal() {
        var stop = new StopRequest();
        assertThat(stop.within(Duration.ZERO)).isFalse();
        assertThat(stop.requested()).isFalse();

        stop.received(SIGINT);

        assertThat(stop.within(Duration.ofHours(1))).isTrue();
        assertThat(stop.exitCode()).isEqualTo(130);
    }
}
