package dev.normforge.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A proposed layer.
 *
 * @param origin RANDOM or MUTATION of {@code parent}
 * @param seen how many arrivals its proposal could see
 * @param state SCREENED, INHERITED, UNSETTLED, SCORED, REJECTED or FAILED
 * @param stage the funnel's stage where it was screened out or rejected
 * @param reason the rule that screened it out, or why it was rejected or failed
 * @param value what that rule measured
 * @param ordinal its arrival, null before
 * @param scores pooled counts per anchor, null where it never entered the window
 */
record CandidateView(int birth, String origin, @Nullable Integer parent, int seen, String state, @Nullable String stage,
        @Nullable String reason, @Nullable Double value, @Nullable String formula, @Nullable Integer operations,
        @Nullable Integer tensorPasses, @Nullable Boolean batchStatistics, @Nullable Integer ordinal,
        @Nullable Scores scores, Instant createdAt) {

    /**
     * Counts per anchor.
     *
     * @param mean accuracy over the anchors, 0 to 1
     */
    record Scores(List<Integer> correct, List<Integer> total, List<Double> accuracies, double mean) {
        Scores {
            correct = List.copyOf(correct);
            total = List.copyOf(total);
            accuracies = List.copyOf(accuracies);
        }

        static Scores of(List<Integer> correct, List<Integer> total) {
            var accuracies = new java.util.ArrayList<Double>();
            for (int i = 0; i < correct.size(); i++) {
                accuracies.add((double) correct.get(i) / total.get(i));
            }
            return new Scores(correct, total, accuracies,
                    accuracies.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        }
    }

    /**
     * Everything that is known about one candidate.
     *
     * @param graph the genotype as a layer file
     * @param phenotype what it computes, term by term
     * @param literal the genotype as a formula, nothing simplified, unused nodes left out
     * @param why sentences: the rule that refused it, or how its training ended, with what was measured, the limit, and the
     *        steps that it saved; empty before, and where only another version of the program can tell
     * @param inheritedFrom the birth whose training it has its score from; null where it was not inherited
     * @param children births that mutated it, at most a hundred: {@code children} pages through all of them
     */
    record Detail(CandidateView candidate, @Schema(type = "object") JsonNode graph, List<TermView> phenotype,
            String literal, List<String> why, @Nullable Integer inheritedFrom, List<EvaluationView> evaluations,
            List<Integer> children) {
        Detail {
            phenotype = List.copyOf(phenotype);
            why = List.copyOf(why);
            evaluations = List.copyOf(evaluations);
            children = List.copyOf(children);
        }
    }

    /**
     * @param inputs positions of earlier terms
     * @param extent the axes it varies over, for example {@code batch, channel, space}
     */
    record TermView(int position, String term, List<Integer> inputs, String extent) {
        TermView {
            inputs = List.copyOf(inputs);
        }
    }

    /** @param detail the outcome as its worker reported it, without test counts; null while unsettled */
    record EvaluationView(long id, String purpose, int round, int replicate, long seed, String scoredOn,
            @Nullable String outcome, @Nullable String stage, @Nullable String reason,
            @Nullable @Schema(type = "object") JsonNode detail) {
    }

    /**
     * @param ordinal position in the order in which evolution learned things
     * @param soFar where training gave it up after at least one anchor: accuracy per anchor, null where it was not trained
     *        to the end; else null
     */
    record Arrival(int ordinal, int birth, String origin, @Nullable String formula, @Nullable String outcome,
            @Nullable String stage, @Nullable String reason, @Nullable Scores scores,
            @Nullable List<@Nullable Double> soFar, Instant at) {
    }
}
