package dev.normforge.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}. */
@Command(name = "doctor", description = "Checks JDK, engine, devices, data and database, and says what to do.", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final int NEEDED_JAVA = 25;
    private static final long MEGABYTE = 1 << 20;

    @Option(names = "--home", paramLabel = "DIR", description = "Where the database is (default NORMFORGE_HOME, else ~/.normforge).")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** How it is. A missing data set is a warning: the synthetic one is always there. */
    enum State {
        OK, WARNING, MISSING
    }

    /** @param advice what to do about it; empty where it works */
    record Finding(String what, State state, String detail, String advice) {

        private String text() {
            return "%-8s%-10s%s%s".formatted(state.name().toLowerCase(Locale.ROOT), what, detail,
                    advice.isEmpty() ? "" : System.lineSeparator() + " ".repeat(18) + "-> " + advice);
        }
    }

    @Override
    public Integer call() {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        findings.add(machine());
        findings.add(checked("engine", "see the README on supported systems, or set NORMFORGE_DEBUG=1 and run again",
                DoctorCommand::engine));
        findings.add(checked("data", "set CIFAR10_DIR to the folder that holds data_batch_1.bin", DoctorCommand::data));
        findings.add(checked("database", "name another --home, or a PostgreSQL by SPRING_DATASOURCE_URL",
                this::database));
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(findings));
        } else {
            findings.forEach(finding -> out.println(finding.text()));
        }
        return findings.stream().anyMatch(finding -> finding.state() == State.MISSING) ? 1 : 0;
    }

    private static Finding checked(String what, String advice, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (UserError e) {
            return new Finding(what, State.MISSING, NormForge.oneLine(e), advice);
        }
    }

    private static Finding java() {
        var version = Runtime.version();
        var detail = "Java %s in %s".formatted(version, System.getProperty("java.home"));
        return version.feature() >= NEEDED_JAVA
                ? new Finding("java", State.OK, detail, "")
                : new Finding("java", State.MISSING, detail, "install a JDK 25: https://adoptium.net/");
    }

    private static Finding machine() {
        var runtime = Runtime.getRuntime();
        return new Finding("machine", State.OK, "%d cores, %s %s, %d MB of heap for the service".formatted(
                runtime.availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"),
                runtime.maxMemory() / MEGABYTE), "");
    }

    /** The worker starts its engine and says on which devices it can train. */
    private static Finding engine() {
        var answer = WorkerProgram.locate().ask(List.of("--check"), _ -> {
        });
        if (answer.exit() != 0) {
            throw new UserError(lines(answer.err().isBlank() ? answer.out() : answer.err()));
        }
        return new Finding("engine", State.OK, lines(answer.out()), "");
    }

    private static Finding data() {
        var answer = WorkerProgram.locate().ask(List.of("data", "--data", DataSet.CIFAR10, "--json", "--offline"),
                _ -> {
                });
        if (answer.exit() != 0) {
            throw new UserError(lines(answer.err()));
        }
        var found = DataSet.read(answer.out());
        return found.path("available").asBoolean(false)
                ? new Finding("data", State.OK, "CIFAR-10 in " + found.path("folder").asString(""), "")
                : new Finding("data", State.WARNING, found.path("reason").asString(""),
                        "set CIFAR10_DIR to the folder that holds data_batch_1.bin; else a search downloads CIFAR-10 "
                                + "(170 MB), or uses the synthetic set");
    }

    private Finding database() {
        var external = RunningService.database(null);
        if (external.isPresent()) {
            RunningService.checkAnswers(external.get());
            return new Finding("database", State.OK, external.get().replaceAll("\\?.*", "") + " answers", "");
        }
        var folder = Home.resolve(home);
        try (var service = RunningService
                .start(new RunningService.Place(folder, external, 0, 0, RunningService.Role.LOOK))) {
            return new Finding("database", State.OK, "embedded PostgreSQL in %s starts; page at %s answered".formatted(
                    folder, service.address()), "");
        }
    }

    private static String lines(String printed) {
        return printed.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
