package dev.normforge.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that need the engine: the worker's jar runs them, with all their arguments, {@code --help} included. */
abstract sealed class ForwardCommand implements Callable<Integer> {

    private final List<String> command;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    private ForwardCommand(String... command) {
        this.command = List.of(command);
    }

    @Override
    public Integer call() {
        var all = new ArrayList<>(command);
        all.addAll(arguments);
        return WorkerProgram.locate().run(all);
    }

    /** Options that a forwarding command does not know are arguments like any other. */
    static void passOptionsOn(CommandLine line) {
        if (line.getCommandSpec().userObject() instanceof ForwardCommand) {
            line.setUnmatchedOptionsArePositionalParams(true);
        }
        line.getSubcommands().values().forEach(ForwardCommand::passOptionsOn);
    }

    @Command(name = "evaluate", description = "Trains one layer on a preset's anchors, without a database.")
    static final class Evaluate extends ForwardCommand {
        Evaluate() {
            super("evaluate");
        }
    }

    @Command(name = "worker", description = "One more worker for a database, on this machine.")
    static final class Worker extends ForwardCommand {
        Worker() {
            super("worker");
        }
    }

    @Command(name = "training", description = "Milliseconds of a training step, against a naive one.")
    static final class BenchTraining extends ForwardCommand {
        BenchTraining() {
            super("bench", "training");
        }
    }

    @Command(name = "separation", description = "Whether the proxy tells good layers from bad ones.")
    static final class BenchSeparation extends ForwardCommand {
        BenchSeparation() {
            super("bench", "separation");
        }
    }
}
