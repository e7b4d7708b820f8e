package dev.normforge.export;

import dev.normforge.export.Found.Ancestor;
import dev.normforge.export.Found.Score;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code card.md}: one page for a repository or a model hub, which reads the lines before the title: formula, use, drawing,
 * evidence with its noise, conditions, lineage, licence.
 */
final class Card {

    /** A page shows the youngest; {@code provenance.json} has all. */
    private static final int MOST_ANCESTORS = 24;
    private static final String NONE = "–";

    private final Export export;
    private final StringBuilder text = new StringBuilder();

    private Card(Export export) {
        this.export = export;
    }

    static String of(Export export) {
        var card = new Card(export);
        card.write();
        return card.text.toString();
    }

    private void write() {
        text.append("""
                ---
                license: apache-2.0
                tags: [normalization, activation, normforge]
                ---

                # %s

                """.formatted(export.name().text()));
        origin();
        formula();
        use();
        if (export.provenance() instanceof Provenance.Searched(var found)) {
            evidence(found);
            lineage(found.lineage());
        }
        heading("Licence");
        line("Apache-2.0, for the files beside this page.");
    }

    private void origin() {
        switch (export.provenance()) {
            case Provenance.Published(var layer, var source) ->
                line("The normalization-activation layer `%s`: %s. Written down as code by NormForge.", layer, source);
            case Provenance.Unknown() -> line("A normalization-activation layer, written down as code by NormForge.");
            case Provenance.Searched(var found) -> line(
                    "A normalization-activation layer that NormForge found: birth %d of search `%s` (preset %s, seed %d, images: %s).",
                    found.birth(), found.search(), found.preset(), found.seed(), images(found));
        }
    }

    private static String images(Found found) {
        return found.data().equals("synthetic") ? "synthetic, a stand-in for CIFAR-10" : found.data();
    }

    private void formula() {
        heading("Formula");
        line("```math\n%s\n```", Documents.formula(export.phenotype()));
        line("\nAs text: `%s`, then times `weight` plus `bias`, per channel.",
                export.formula());
        line("\n```mermaid\n%s```", Drawings.mermaid(export.layer().graph()));
    }

    private void use() {
        heading("Use");
        line("""
                It stands where BatchNorm and the activation after it stand; no activation follows.

                ```python
                import torch
                from layer import %1$s as norm_act

                block = torch.nn.Sequential(torch.nn.Conv2d(3, 64, 3, padding=1), norm_act(64))
                ```

                `python layer.py` compares the module with the numbers of the reference interpreter in `fixture.json`.""",
                export.name().function());
    }

    private void evidence(Found found) {
        heading("Evidence");
        if (found.scores().isEmpty()) {
            line("None: this layer was not trained to the end (%s).", found.fate());
            return;
        }
        line("Mean accuracy in %% over the anchors, with 95 %% intervals; BN-ReLU was trained alike with the same seeds.");
        if (found.noise() != null) {
            line("Two trainings that differ in their seed alone differ by a standard deviation of %s points (calibration).",
                    points(found.noise()));
        }
        line("\n| images | seeds | accuracy | minus BN-ReLU | what it is |\n|---|---|---|---|---|");
        for (var score : found.scores()) {
            line("| %s | %d | %s (%s to %s) | %s | %s |", score.images(), score.seeds(), percent(score.mean()),
                    percent(score.low()), percent(score.high()), beyond(score), meaning(score));
        }
        line("\n%s Search `%s` was in phase %s.", found.conditions(), found.search(), found.phase());
        line("\nMade by NormForge %s, evolution version %d, simplifier version %d; every count is in `provenance.json`.",
                found.versions().program(), found.versions().evolution(), found.versions().simplifier());
    }

    private static String meaning(Score score) {
        return switch (score.images()) {
            case "search" -> "it was selected by this, which is therefore optimistic";
            case "confirm" -> "fresh seeds and other images; it orders the finalists";
            default -> "opened after the list of finalists was frozen; selected nobody";
        };
    }

    private static String beyond(Score score) {
        var beyond = score.beyond();
        return beyond == null
                ? NONE
                : String.format(Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * beyond.mean(), 100 * beyond.low(),
                        100 * beyond.high());
    }

    private void lineage(List<Ancestor> lineage) {
        heading("Lineage");
        int left = lineage.size() - MOST_ANCESTORS;
        if (left > 0) {
            line("The youngest of %d ancestors; all of them are in `provenance.json`.\n", lineage.size());
        }
        line("| birth | mutation | formula | search accuracy, %% |\n|---|---|---|---|");
        for (var ancestor : lineage.subList(Math.max(0, left), lineage.size())) {
            line("| %d | %s | %s | %s |", ancestor.birth(),
                    ancestor == lineage.getFirst()
                            ? "random"
                            : ancestor.change().isEmpty() ? "none" : codes(ancestor.change()),
                    code(ancestor.formula()), accuracy(ancestor.accuracy()));
        }
    }

    private static String codes(List<String> lines) {
        return String.join("; ", lines.stream().map(Card::code).toList());
    }

    private static String code(String formula) {
        return "`" + formula.replace("|", "\\|") + "`";
    }

    private static String accuracy(@Nullable Double share) {
        return share == null ? NONE : percent(share);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private void heading(String title) {
        text.append("\n## ").append(title).append("\n\n");
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
