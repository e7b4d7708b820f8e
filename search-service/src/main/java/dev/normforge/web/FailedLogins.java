package dev.normforge.web;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows guessing down: after ten wrong attempts from an address within a minute, the rest of that minute is refused.
 * Addresses of IPv6 count by their network, of which one attacker has 2⁶⁴ addresses.
 */
final class FailedLogins {

    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private final InstantSource clock;
    private final Map<String, Attempts> attempts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > ADDRESSES;
        }
    };

    FailedLogins(InstantSource clock) {
        this.clock = clock;
    }

    private record Attempts(int count, Instant until) {
    }

    /** How long this address has to wait; empty if it may try. */
    synchronized Optional<Duration> wait(String address) {
        var now = clock.instant();
        var earlier = attempts.get(network(address));
        return earlier == null || earlier.count() < MOST || !earlier.until().isAfter(now)
                ? Optional.empty()
                : Optional.of(Duration.between(now, earlier.until()));
    }

    synchronized void failed(String address) {
        var now = clock.instant();
        attempts.merge(network(address), new Attempts(1, now.plus(WINDOW)),
                (earlier, first) -> earlier.until().isAfter(now)
                        ? new Attempts(earlier.count() + 1, earlier.until())
                        : first);
    }

    private static String network(String address) {
        try {
            // A numeric address is not looked up.
            var bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(bytes.length == IPV6_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
        } catch (IllegalArgumentException notNumeric) {
            return address;
        }
    }
}
