package dev.normforge.cli;

import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.view.ComparisonFiles;
import dev.normforge.comparison.view.ComparisonText;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.Comparisons;
import dev.normforge.search.Ending;
import dev.normforge.search.NameTakenException;
import dev.normforge.search.SearchId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** One comparison from order to files. */
final class ComparisonRun {

    private static final int LETTERS = 8;

    private final RunningService service;
    private final Screen screen;
    private final StopRequest stop;

    ComparisonRun(RunningService service, Screen screen, StopRequest stop) {
        this.service = service;
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * Combinations that make no sense are refused before anything starts.
     *
     * @throws ParameterException of this command
     */
    static ComparisonPlan planned(CommandSpec command, ComparisonSpec wanted) {
        try {
            return ComparisonPlan.of(wanted);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), FieldsAsOptions.in(NormForge.oneLine(e)), e);
        }
    }

    /** A name that another specification does not have: what it compares, and letters that follow from all of it. */
    static String name(ComparisonSpec spec) {
        return spec.name() + "-" + HexFormat.of().formatHex(ProtocolJson.hash(spec)).substring(0, LETTERS);
    }

    /**
     * Creates the comparison, or finds it as an earlier run of the same command left it, and waits for its end.
     *
     * @return the result; empty if a stop was requested first
     * @throws UserError if the name is another's, or it cannot go on
     */
    Optional<ComparisonResult> run(String name, ComparisonSpec spec) {
        var comparisons = service.get(Comparisons.class);
        var id = created(comparisons, name, spec);
        comparisons.resume(id);
        if (RunningService.database(null).isEmpty()) {
            comparisons.pauseAllBut(id)
                    .forEach(other -> screen.say("%s of this home waits, paused".formatted(other)));
        }
        screen.say("comparison %s, data %s: %s".formatted(name, FinalText.data(spec.proxy().data().name()),
                service.link("/comparison.html?name=" + name)));
        boolean finished = new Watch(service, screen, stop, "comparison " + name, "the same command")
                .finishes(() -> look(comparisons, id));
        if (!finished) {
            screen.say("stopping; nothing is lost. The same command goes on where this one stopped.");
            return Optional.empty();
        }
        var summary = comparisons.get(id);
        if (summary.ending() == Ending.FAILED) {
            throw new UserError("comparison %s failed: %s".formatted(name, summary.endingNote()));
        }
        return Optional.of(comparisons.result(id));
    }

    private static SearchId created(Comparisons comparisons, String name, ComparisonSpec spec) {
        try {
            return comparisons.create(name, spec, Duration.ofMillis(NormForge.millisSinceStart())).id();
        } catch (NameTakenException e) {
            throw new UserError("--name: " + NormForge.oneLine(e), e);
        }
    }

    private static Watch.State look(Comparisons comparisons, SearchId id) {
        var summary = comparisons.get(id);
        var progress = comparisons.progress(id);
        return new Watch.State(new ComparisonShown(summary.name(), progress), summary.finished(), summary.endingNote(),
                summary.revision(), progress.running().size());
    }

    /** @throws UserError where the folder cannot be used */
    static void check(Path folder) {
        try {
            ComparisonFiles.check(folder);
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
    }

    /** Writes the files and prints the tables, or JSON alone. */
    static void print(ComparisonResult result, Path folder, boolean json, PrintWriter printer) {
        try {
            var files = ComparisonFiles.write(result, folder);
            if (json) {
                printer.println(ProtocolJson.write(result));
            } else {
                ComparisonText.lines(result).forEach(printer::println);
                printer.println();
                printer.println("%d files in %s".formatted(files.size(), folder));
            }
        } catch (IOException e) {
            throw OutputOptions.refusal(e, "; the result is kept: the same command writes it again");
        }
    }
}
