package dev.normforge.web;

import dev.normforge.comparison.Changes;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.NamedComparisons;
import dev.normforge.protocol.ProtocolJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An order to compare: a named comparison or a whole specification, and what is to be different about it.
 *
 * @param name of the comparison; the same order under the same name finds what the first one created
 * @param comparison one that comes with the program, where {@code spec} is absent
 * @param spec a whole specification, where {@code comparison} is absent
 * @param seeds how many, the same for all layers
 * @param firstSeed the first of them
 * @param minutes after which nothing new is begun
 * @param data {@code cifar10} or {@code synthetic}
 */
record ComparisonRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = "[A-Za-z0-9._-]{1,100}") String name,
        @Nullable String comparison, @Nullable @Schema(type = "object") JsonNode spec, @Nullable Integer seeds,
        @Nullable Long firstSeed, @Nullable Double minutes, @Nullable @Schema(allowableValues = {
                "cifar10", "synthetic"}) String data) {

    private static final Set<String> FIELDS = Set.of("name", "comparison", "spec", "seeds", "firstSeed", "minutes",
            "data");

    /** @throws Refusal naming what is wrong */
    static ComparisonRequest read(Fields fields) {
        fields.onlyThese(FIELDS);
        return new ComparisonRequest(fields.requiredText("name"), fields.text("comparison"), fields.object("spec"),
                fields.count("seeds"), fields.whole("firstSeed", Long.MAX_VALUE), fields.real("minutes"),
                fields.text("data"));
    }

    /** The specification that this order amounts to. @throws IllegalArgumentException naming field, value, expectation */
    ComparisonSpec resolved() {
        return new Changes(seeds, firstSeed, minutes, data).on(base());
    }

    private ComparisonSpec base() {
        if (spec == null) {
            if (comparison == null) {
                throw Refusal.badField("comparison", "missing",
                        "one of %s, or a spec".formatted(String.join(", ", NamedComparisons.names())));
            }
            return NamedComparisons.read(comparison);
        }
        if (comparison != null) {
            throw Refusal.badField("comparison", comparison, "either a comparison or a spec, not both");
        }
        try {
            return ProtocolJson.read(spec.toString(), ComparisonSpec.class);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("spec." + wrong.getMessage(), wrong);
        }
    }
}
