package dev.normforge.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A service of its own process that holds an embedded PostgreSQL until it is killed or its input closes. */
final class KeptPostgres {

    private KeptPostgres() {
    }

    public static void main(String[] arguments) throws IOException {
        var postgres = EmbeddedPostgres.in(Path.of(arguments[0]), arguments[1]);
        System.out.println("up " + postgres.url());
        while (System.in.read() >= 0) {
            // until the parent closes the pipe
        }
        postgres.close();
        System.out.println("closed");
    }

    static Process start(Path home, String version) throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                KeptPostgres.class.getName(), home.toString(), version).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("up ")) {
                return process;
            }
        }
        throw new IOException("it did not start");
    }
}
