package dev.normforge.web;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An order to search: a preset or a whole specification, and what is to be different about it.
 *
 * @param name of the search; the same order under the same name finds what the first one created
 * @param preset where {@code spec} is absent; {@code laptop} where both are
 * @param spec a whole specification
 * @param seed of every random draw
 * @param budget replaces the preset's
 * @param data {@code cifar10} or {@code synthetic}
 * @param random only fresh random layers, no mutation
 * @param batchIndependent no statistic over the batch
 */
record SearchRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = "[A-Za-z0-9._-]{1,100}") String name,
        @Nullable String preset, @Nullable @Schema(type = "object") JsonNode spec, @Nullable Long seed,
        @Nullable Budget budget, @Nullable @Schema(allowableValues = {
                "cifar10", "synthetic"}) String data,
        @Nullable String study, @Nullable String arm, boolean random, boolean batchIndependent) {

    private static final Set<String> FIELDS = Set.of("name", "preset", "spec", "seed", "budget", "data", "study", "arm",
            "random", "batchIndependent");

    /** When evolution ends: as soon as one of these is spent. */
    record Budget(@Nullable Integer candidates, @Nullable Long steps, @Nullable Double minutes) {

        private static final Set<String> FIELDS = Set.of("candidates", "steps", "minutes");

        static @Nullable Budget of(@Nullable Fields fields) {
            if (fields == null) {
                return null;
            }
            fields.onlyThese(FIELDS);
            return new Budget(fields.count("candidates"), fields.whole("steps", Long.MAX_VALUE),
                    fields.real("minutes"));
        }
    }

    /** @throws Refusal naming what is wrong */
    static SearchRequest read(Fields fields) {
        fields.onlyThese(FIELDS);
        return new SearchRequest(fields.requiredText("name"), fields.text("preset"), fields.object("spec"),
                fields.whole("seed", Long.MAX_VALUE), Budget.of(fields.fields("budget")), fields.text("data"),
                fields.text("study"), fields.text("arm"), fields.flag("random"), fields.flag("batchIndependent"));
    }

    /** The specification that this order amounts to. @throws IllegalArgumentException naming field, value, expectation */
    SearchSpec resolved() {
        if (preset != null && spec != null) {
            throw Refusal.badField("preset", preset, "either a preset or a spec, not both");
        }
        var resolved = spec == null ? preset(preset == null ? "laptop" : preset) : given(spec);
        if (seed != null) {
            resolved = resolved.withSeed(seed);
        }
        if (budget != null) {
            resolved = resolved
                    .withBudget(new SearchSpec.Budget(budget.candidates(), budget.steps(), budget.minutes()));
        }
        if (data != null) {
            resolved = resolved.withData(resolved.proxy().data().named(data));
        }
        if (random) {
            resolved = resolved.withStrategy(resolved.strategy().random());
        }
        if (batchIndependent) {
            var space = resolved.space();
            resolved = resolved.withSpace(new SearchSpec.Space(space.operations(), space.draw(), true,
                    space.maxOperations(), space.maxTensorPasses()));
        }
        return resolved;
    }

    private static SearchSpec preset(String name) {
        if (!Presets.names().contains(name)) {
            throw Refusal.badField("preset", name, "one of " + String.join(", ", Presets.names()));
        }
        return Presets.read(name);
    }

    private static SearchSpec given(JsonNode spec) {
        return ProtocolJson.read(spec.toString(), SearchSpec.class);
    }
}
