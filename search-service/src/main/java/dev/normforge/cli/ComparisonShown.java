package dev.normforge.cli;

import dev.normforge.comparison.ComparisonProgress;
import dev.normforge.comparison.ComparisonProgress.Running;
import java.util.ArrayList;
import java.util.List;

/** A running comparison as text. */
record ComparisonShown(String name, ComparisonProgress progress) implements Shown {

    private static final int BAR = 24;
    private static final int MOST_RUNNING = 8;

    @Override
    public String phase() {
        return progress.done() == 0 ? "first" : "others";
    }

    @Override
    public List<String> block(int width) {
        var lines = new ArrayList<String>();
        int filled = (int) Math.floor(share() * BAR);
        lines.add("%s [%s%s] %3.0f %%  %s".formatted(name, "#".repeat(filled), "-".repeat(BAR - filled),
                Math.floor(share() * 100), time()));
        lines.add("trainings   %s".formatted(trainings()));
        progress.running().stream().limit(MOST_RUNNING).forEach(one -> lines.add("            " + words(one)));
        return lines.stream().map(line -> line.length() > width ? line.substring(0, width) : line).toList();
    }

    @Override
    public String line() {
        return "%s: %s; %s".formatted(name, trainings(), time());
    }

    private double share() {
        return progress.steps() == 0 ? 1 : Math.min(1, progress.stepsDone() / (double) progress.steps());
    }

    private String trainings() {
        return "%d of %d done%s, %d running".formatted(progress.done(), progress.runs(),
                progress.failed() == 0 ? "" : " (%d failed)".formatted(progress.failed()), progress.running().size());
    }

    private String time() {
        var spent = Progress.minutes(progress.activeMillis());
        var remaining = progress.remainingMillis();
        return remaining == null ? spent : spent + ", about " + Progress.minutes(remaining) + " left";
    }

    private static String words(Running one) {
        return "%s in %s, batch %d, seed %d: step %s of %d".formatted(one.layer(), one.anchor(), one.batch(),
                one.seed(), one.step() == null ? "0" : one.step(), one.steps());
    }
}
