package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuessesAreSlowedDownTest {

    private Instant now = Instant.EPOCH;
    private final FailedLogins failures = new FailedLogins(new InstantSource() {
        @Override
        public Instant instant() {
            return now;
        }
    });

    private void fail(String address, int times) {
        IntStream.range(0, times).forEach(_ -> failures.failed(address));
    }

    @Test
    void tenWrongAttemptsInAMinuteCloseTheRestOfIt() {
        fail("192.0.2.1", 9);
        assertThat(failures.wait("192.0.2.1")).isEmpty();
        now = now.plusSeconds(20);
        fail("192.0.2.1", 1);
        assertThat(failures.wait("192.0.2.1")).contains(Duration.ofSeconds(40));
        assertThat(failures.wait("192.0.2.2")).isEmpty();
        now = now.plusSeconds(40);
        assertThat(failures.wait("192.0.2.1")).isEmpty();
        fail("192.0.2.1", 1);
        assertThat(failures.wait("192.0.2.1")).as("a new minute counts from one").isEmpty();
    }

    @Test
    void anAttackersManyAddressesOfOneNetworkCountAsOne() {
        fail("2001:db8:1:2::1", 5);
        fail("2001:db8:1:2:ffff::9", 5);
        assertThat(failures.wait("2001:db8:1:2:abcd::")).isPresent();
        assertThat(failures.wait("2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void manyAddressesDoNotFillTheMemory() {
        fail("192.0.2.1", 10);
        IntStream.range(0, 10_000).forEach(i -> failures.failed("10.0.%d.%d".formatted(i / 256, i % 256)));
        assertThat(failures.wait("192.0.2.1")).as("the oldest is forgotten").isEmpty();
    }
}
