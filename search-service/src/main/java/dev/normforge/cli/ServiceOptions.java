package dev.normforge.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a service runs, as options. */
final class ServiceOptions {

    /** The page's port where none is asked for; the next free one if it is taken. */
    static final int USUAL_PORT = 8077;
    private static final int PORTS_TRIED = 100;
    private static final int MOST_PORTS = 65_535;
    private static final int MOST_WORKERS = 1024;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--home", paramLabel = "DIR", description = "Keeps the database between runs (default NORMFORGE_HOME, else ~/.normforge).")
    private @Nullable Path home;

    @Option(names = "--port", paramLabel = "P", description = "Port of page and REST (default "
            + USUAL_PORT + ", or the next free one).")
    private @Nullable Integer port;

    @Option(names = "--workers", paramLabel = "N", description = "Worker processes (default: one per core).")
    private @Nullable Integer workers;

    Path home() {
        return Home.resolve(home);
    }

    /** @throws ParameterException if it is out of range */
    int workers(int least) {
        int asked = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
        if (asked < least || asked > MOST_WORKERS) {
            throw new ParameterException(spec.commandLine(),
                    "--workers is %d, expected %d to %d".formatted(asked, least, MOST_WORKERS));
        }
        return asked;
    }

    /**
     * A port that is free now.
     *
     * @throws ParameterException if it is out of range
     * @throws UserError if it was asked for and is taken
     */
    int port() {
        return port(InetAddress.getLoopbackAddress());
    }

    /** Likewise, at another address. */
    int port(InetAddress address) {
        if (port == null) {
            for (int candidate = USUAL_PORT; candidate < USUAL_PORT + PORTS_TRIED; candidate++) {
                if (whyTaken(address, candidate).isEmpty()) {
                    return candidate;
                }
            }
            return 0;
        }
        if (port < 0 || port > MOST_PORTS) {
            throw new ParameterException(spec.commandLine(),
                    "--port is %d, expected 0 (any) to %d".formatted(port, MOST_PORTS));
        }
        whyTaken(address, port).ifPresent(reason -> {
            throw new UserError("--port is %d, expected a free port: %s".formatted(port, reason));
        });
        return port;
    }

    private static Optional<String> whyTaken(InetAddress address, int port) {
        try (var socket = new ServerSocket(port, 1, address)) {
            return socket.isBound() ? Optional.empty() : Optional.of("it cannot be bound");
        } catch (IOException e) {
            return Optional.of(NormForge.oneLine(e));
        }
    }
}
