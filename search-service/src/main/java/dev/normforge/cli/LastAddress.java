package dev.normforge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the last service of a home was reached: for commands that tell people its address. */
final class LastAddress {

    private static final Logger LOG = LoggerFactory.getLogger(LastAddress.class);

    private LastAddress() {
    }

    private static Path file(Path home) {
        return home.resolve("address");
    }

    static void write(Path home, String address) {
        try {
            Files.createDirectories(home);
            Files.writeString(file(home), address + "\n");
        } catch (IOException e) {
            LOG.warn("the address is not noted in {}: {}", home, e.toString());
        }
    }

    static Optional<String> read(Path home) {
        try {
            return Optional.of(Files.readString(file(home)).strip()).filter(address -> !address.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
