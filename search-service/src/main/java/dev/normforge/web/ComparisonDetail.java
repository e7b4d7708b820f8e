package dev.normforge.web;

import dev.normforge.comparison.ComparisonProgress;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/**
 * All that is known of a comparison but for its result.
 *
 * @param comparison at a glance
 * @param progress how far it is
 * @param spec the resolved specification
 */
record ComparisonDetail(ComparisonView comparison, ComparisonProgress progress,
        @Schema(type = "object") JsonNode spec) {
}
