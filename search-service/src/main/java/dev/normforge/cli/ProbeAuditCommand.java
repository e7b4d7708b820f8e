package dev.normforge.cli;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.screening.ProbeAudit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code probe-audit}. */
@Command(name = "probe-audit", description = "Trains layers that the numeric probe refuses: none may end above chance + 4 "
        + "standard errors on any anchor.", mixinStandardHelpOptions = true, sortOptions = false)
final class ProbeAuditCommand implements Callable<Integer> {

    private static final int CLASSES = 10;
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(10);

    @Mixin
    private final SearchOptions options = new SearchOptions();

    @Option(names = "--refusals", paramLabel = "N", defaultValue = "500", description = "How many distinct layers (default ${DEFAULT-VALUE}).")
    private int refusals;

    @Option(names = "--seed", paramLabel = "S", description = "Of graphs and trainings (default: the preset's).")
    private @Nullable Long seed;

    @Option(names = "--workers", paramLabel = "N", description = "Worker processes (default: one per core).")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** The answer. */
    record Audited(String data, long seed, ProbeAudit.Summary summary) {
    }

    @Override
    public Integer call() {
        if (refusals < 1 || workers < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--refusals is %d and --workers is %d, expected at least 1".formatted(refusals, workers));
        }
        var worker = WorkerProgram.locate();
        var choice = DataSet.choose(options.request(seed), worker);
        var err = spec.commandLine().getErr();
        err.println(choice.note());
        err.println("looking for %d layers that the numeric probe refuses".formatted(refusals));
        var search = choice.spec();
        var audited = ProbeAudit.refusals(search, refusals);
        var owners = new ArrayList<ProbeAudit.Refusal>();
        var requests = new ArrayList<EvaluationRequest>();
        for (var refusal : audited) {
            for (var request : refusal.requests(search.proxy(), search.seed())) {
                owners.add(refusal);
                requests.add(request);
            }
        }
        var outcomes = new Trainers(() -> worker.converse(List.of("train")), workers, seldom(requests.size()))
                .train(requests);
        var answers = new ArrayList<ProbeAudit.Answer>();
        for (int i = 0; i < outcomes.size(); i++) {
            answers.add(new ProbeAudit.Answer(owners.get(i), outcomes.get(i)));
        }
        var summary = ProbeAudit.summary(answers, CLASSES);
        var name = search.proxy().data().name();
        String result = json ? Json.pretty(new Audited(name, search.seed(), summary)) : text(name, summary);
        spec.commandLine().getOut().println(result);
        return summary.saved().isEmpty() && summary.unanswered() == 0 ? 0 : 1;
    }

    private Consumer<Integer> seldom(int all) {
        var last = new long[]{System.nanoTime()};
        return done -> {
            synchronized (last) {
                if (System.nanoTime() - last[0] >= BETWEEN_NOTES.toNanos()) {
                    last[0] = System.nanoTime();
                    spec.commandLine().getErr().println("%d of %d trainings done".formatted(done, all));
                }
            }
        };
    }

    static String text(String data, ProbeAudit.Summary summary) {
        var lines = new ArrayList<String>();
        lines.add("refused by the numeric probe and trained all the same, data " + FinalText.data(data));
        summary.sources().forEach((source, count) -> lines.add("  %-14s%8d layers %s".formatted(
                Progress.words(source.name()), count, switch (source) {
                    case SEARCH -> "proposed by the search's evolution, scores drawn by lot";
                    case RANDOM -> "among random graphs";
                })));
        summary.refusals()
                .forEach((rule, count) -> lines.add("  %-14s%8d layers".formatted(Progress.words(rule.name()), count)));
        lines.add("trainings   %d scored, %d not finite, %d unanswered".formatted(summary.scored(), summary.notFinite(),
                summary.unanswered()));
        lines.add(String.format(Locale.ROOT, "highest     %.2f standard errors of chance above chance; the limit is 4",
                summary.highest()));
        summary.saved().forEach(saved -> lines.add(String.format(Locale.ROOT, "  %s on %s: %.3f by %s",
                saved.refusal().formula(), saved.score().anchor(), saved.score().accuracy(), saved.refusal().rule())));
        lines.add(summary.saved().isEmpty()
                ? "none of them could be trained"
                : "%d of them could be trained: the probe refuses too much".formatted(
                        summary.saved().stream().map(ProbeAudit.Saved::refusal).collect(Collectors.toSet()).size()));
        return String.join(System.lineSeparator(), lines);
    }
}
