package dev.normforge.worker;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program of the worker's jar: everything that needs the engine. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(name = "normforge", description = "Trains layers.", mixinStandardHelpOptions = true, subcommands = {
        WorkerCommand.class, EvaluateCommand.class, BenchCommand.class, DataCommand.class, TrainCommand.class})
public final class WorkerMain implements Callable<Integer> {

    private static final String DEBUG = "NORMFORGE_DEBUG";

    @Option(names = "--check", description = "Start the engine, train a few steps, and say what works.")
    private boolean check;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new WorkerMain());
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, args) -> wrongUsage(problem));
        line.setExecutionExceptionHandler(WorkerMain::failed);
        return line;
    }

    @Override
    public Integer call() {
        if (!check) {
            throw new ParameterException(spec.commandLine(), "a sub-command is missing");
        }
        return Check.run(spec.commandLine().getOut());
    }

    private static int wrongUsage(ParameterException problem) {
        var line = problem.getCommandLine();
        var name = line.getCommandName();
        line.getErr().println("%s: %s (see %s --help)".formatted(name, UserError.oneLine(problem), name));
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        if (problem instanceof ParameterException wrong) {
            return wrongUsage(wrong);
        }
        if (problem instanceof WrongUsage) {
            return wrongUsage(new ParameterException(line, UserError.oneLine(problem), problem));
        }
        if (System.getenv(DEBUG) != null) {
            problem.printStackTrace(line.getErr());
        }
        boolean expected = problem instanceof UserError || problem instanceof IOException;
        line.getErr().println("%s: %s".formatted(line.getCommandName(), expected
                ? UserError.oneLine(problem)
                : "unexpected %s: %s (%s=1 shows where)".formatted(problem.getClass().getSimpleName(),
                        UserError.oneLine(problem), DEBUG)));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
