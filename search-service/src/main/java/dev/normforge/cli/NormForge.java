package dev.normforge.cli;

import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(name = "normforge", description = "Searches for normalization-activation layers by evolution.", mixinStandardHelpOptions = true, versionProvider = NormForge.Version.class, subcommands = {
        SearchCommand.class, SearchesCommand.class, CompareCommand.class, ReportCommand.class, ServeCommand.class,
        LoginCommand.class, KeysCommand.class,
        ForwardCommand.Worker.class,
        ForwardCommand.Evaluate.class, ShowCommand.class, ExportCommand.class, LayersCommand.class, ReplayCommand.class,
        DoctorCommand.class,
        BenchCommand.class,
        ProbeAuditCommand.class}, footerHeading = "%nExit codes: 0 done, 1 failed, 2 wrong usage; 130 or 143 stopped by a signal.%n")
public final class NormForge implements Runnable {

    /** Where a stack trace is wanted: set to anything. */
    private static final String DEBUG = "NORMFORGE_DEBUG";

    private static final long STARTED = System.nanoTime();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new NormForge());
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(NormForge::wrongUsage);
        line.setExecutionExceptionHandler(NormForge::failed);
        ForwardCommand.passOptionsOn(line);
        return line;
    }

    /** Milliseconds since this process began to run this class. */
    static long millisSinceStart() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - STARTED);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a sub-command is missing");
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        var line = e.getCommandLine();
        var name = line.getCommandSpec().qualifiedName();
        line.getErr().println(name + ": " + oneLine(e) + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        if (e instanceof ParameterException wrong) {
            return wrongUsage(wrong, new String[0]);
        }
        if (System.getenv(DEBUG) != null) {
            e.printStackTrace(line.getErr());
        }
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + reason(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** A user's error as it says itself; anything else by its first cause, and where to see more. */
    private static String reason(Exception e) {
        if (e instanceof UserError) {
            return oneLine(e);
        }
        var cause = firstCause(e);
        return "unexpected %s: %s (%s=1 shows where)".formatted(cause.getClass().getSimpleName(), oneLine(cause),
                DEBUG);
    }

    /** What the whole chain came from. */
    static Throwable firstCause(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String oneLine(Throwable e) {
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = NormForge.class.getPackage().getImplementationVersion();
            return new String[]{"normforge " + (version == null ? "(not packaged)" : version)};
        }
    }
}
