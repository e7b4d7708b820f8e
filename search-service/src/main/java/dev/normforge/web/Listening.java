package dev.normforge.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** At which of this machine's addresses the service listens. */
@Component
class Listening {

    private final @Nullable InetAddress address;

    /** @param address empty means all of this machine's */
    Listening(@Value("${server.address:}") String address) {
        this.address = address.isBlank() ? null : address(address.strip());
    }

    private static InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "server.address is %s, expected an address of this machine".formatted(name), e);
        }
    }

    boolean toOtherMachines() {
        return address == null || !address.isLoopbackAddress();
    }

    @Override
    public String toString() {
        return address == null ? "not set" : address.getHostAddress();
    }
}
