package dev.normforge.cli;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Budget;
import dev.normforge.protocol.SearchSpec.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to search for, as options: a preset, a file's changes to it, and the options' changes to both. */
final class SearchOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(names = "--preset", paramLabel = "NAME", description = "laptop (default), smoke, micro-batch, paper-b or paper-s.")
    private @Nullable String preset;

    @Option(names = "--spec", paramLabel = "FILE", description = "JSON that replaces parts of the preset, or all of it.")
    private @Nullable Path spec;

    @ArgGroup(exclusive = true)
    private @Nullable BudgetOptions budget;

    @Option(names = "--random", description = "Random search: no layer has a parent.")
    private boolean random;

    @Option(names = "--batch-independent", description = "Only layers without statistics over the batch.")
    private boolean batchIndependent;

    @Option(names = "--data", paramLabel = "NAME", description = "cifar10 or synthetic. Without this option, CIFAR-10 "
            + "where it can be had (CIFAR10_DIR, an earlier download, a download), else the synthetic set.")
    private @Nullable Data data;

    /** Data sets by the names that users type. */
    enum Data {
        cifar10, synthetic
    }

    /** When it ends. */
    static final class BudgetOptions {
        @Option(names = "--minutes", paramLabel = "M", required = true, description = "Minutes for the whole search, all phases included.")
        private @Nullable Double minutes;

        @Option(names = "--candidates", paramLabel = "N", required = true, description = "Layers trained in evolution.")
        private @Nullable Integer candidates;

        @Option(names = "--steps", paramLabel = "N", required = true, description = "Training steps spent in evolution.")
        private @Nullable Long steps;

        @Option(names = "--audit", paramLabel = "N", required = true, description = "Trains rejected layers to the end "
                + "all the same, N of them, and says how many were worth having.")
        private @Nullable Integer audits;

        private String option() {
            return minutes != null
                    ? "--minutes"
                    : candidates != null ? "--candidates" : steps != null ? "--steps" : "--audit";
        }

        private SearchSpec on(SearchSpec spec) {
            return (audits == null ? spec : spec.withAuditShare(1))
                    .withBudget(new Budget(candidates, steps, minutes, audits));
        }
    }

    /**
     * What was asked for.
     *
     * @param dataRequired whether the user named the data: no other set will do
     */
    record Request(SearchSpec spec, boolean dataRequired) {
    }

    /**
     * @param seed null for the preset's
     * @throws ParameterException naming an option, its value and what was expected
     * @throws UserError naming a field of the file, its value and what was expected
     */
    Request request(@Nullable Long seed) {
        var file = Optional.ofNullable(spec).map(SpecFile::read);
        var base = Presets.read(presetName(file));
        var merged = file.map(one -> one.over(base)).orElse(base);
        try {
            var changed = changed(merged);
            return new Request(seed == null ? changed : changed.withSeed(seed),
                    data != null || file.map(SpecFile::namesData).orElse(false));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), NormForge.oneLine(e), e);
        }
    }

    /** The option's preset, else the file's, else the first. */
    private String presetName(Optional<SpecFile> file) {
        var names = Presets.names();
        if (preset != null && !names.contains(preset)) {
            throw new ParameterException(command.commandLine(),
                    "--preset is %s, expected one of %s".formatted(preset, String.join(", ", names)));
        }
        return preset != null ? preset : file.flatMap(SpecFile::preset).orElse(names.getFirst());
    }

    private SearchSpec changed(SearchSpec from) {
        var changed = from;
        if (budget != null) {
            changed = budget.on(changed);
        }
        if (random) {
            changed = changed.withStrategy(changed.strategy().random());
        }
        if (batchIndependent) {
            changed = batchIndependent(changed);
        }
        if (data != null) {
            changed = changed.withData(changed.proxy().data().named(data.name()));
        }
        return changed;
    }

    /**
     * Refuses whatever would make another search of one that exists. What it was begun with may be said again.
     *
     * @param name of the search
     * @param stored its specification
     * @param seed null where none is given
     * @param difference between the search and another specification, in words
     * @throws ParameterException naming the option and what the search has
     */
    void refuseChanges(String name, SearchSpec stored, @Nullable Long seed,
            Function<SearchSpec, Optional<String>> difference) {
        wanted(stored, seed).forEach((option, wanted) -> difference.apply(wanted).ifPresent(found -> {
            throw new ParameterException(command.commandLine(),
                    "%s cannot change search %s, which has %s: leave the option out, or begin another search without --resume"
                            .formatted(option, name, switch (option) {
                                case "--preset" -> "preset " + stored.preset();
                                case "--minutes", "--candidates", "--steps", "--audit" ->
                                    "a budget of " + words(stored.budget());
                                default -> found;
                            }));
        }));
    }

    /** What each option given would make of a search. */
    private Map<String, SearchSpec> wanted(SearchSpec stored, @Nullable Long seed) {
        try {
            var changes = new LinkedHashMap<String, SearchSpec>();
            if (seed != null) {
                changes.put("--seed", stored.withSeed(seed));
            }
            if (preset != null && !preset.equals(stored.preset())) {
                changes.put("--preset", Presets.read(preset));
            }
            if (budget != null) {
                changes.put(budget.option(), budget.on(stored));
            }
            if (random) {
                changes.put("--random", stored.withStrategy(stored.strategy().random()));
            }
            if (batchIndependent) {
                changes.put("--batch-independent", batchIndependent(stored));
            }
            if (data != null) {
                changes.put("--data", stored.withData(stored.proxy().data().named(data.name())));
            }
            if (spec != null) { // last: what other options say goes before what it says
                var merged = changed(SpecFile.read(spec).over(stored));
                changes.put("--spec", seed == null ? merged : merged.withSeed(seed));
            }
            return changes;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), NormForge.oneLine(e), e);
        }
    }

    private static String words(Budget budget) {
        var parts = new ArrayList<String>();
        if (budget.minutes() != null) {
            parts.add(budget.minutes() + " minutes");
        }
        if (budget.candidates() != null) {
            parts.add(budget.candidates() + " candidates");
        }
        if (budget.steps() != null) {
            parts.add(budget.steps() + " steps");
        }
        if (budget.audits() != null) {
            parts.add(budget.audits() + " audits");
        }
        return String.join(", ", parts);
    }

    private static SearchSpec batchIndependent(SearchSpec from) {
        var space = from.space();
        return from.withSpace(
                new Space(space.operations(), space.draw(), true, space.maxOperations(), space.maxTensorPasses()));
    }

    /** What distinguishes it, for a name: {@code laptop}, {@code laptop-random}, … */
    String label(SearchSpec resolved) {
        return resolved.preset() + (random ? "-random" : "") + (batchIndependent ? "-batch-independent" : "");
    }
}
