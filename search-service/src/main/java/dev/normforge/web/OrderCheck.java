package dev.normforge.web;

import dev.normforge.search.Forecast;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What creating a search would answer.
 *
 * @param problems all that is wrong with the order; empty where it would be taken
 * @param freeName nobody has it: a proposal
 * @param existing the search that this very order has created before; null where it would create one
 * @param spec the resolved specification; null where there are problems
 * @param forecast what it would train; null where there are problems
 */
record OrderCheck(List<Problem> problems, String freeName, @Nullable String existing,
        @Nullable @Schema(type = "object") JsonNode spec, @Nullable Forecast forecast) {

    OrderCheck {
        problems = List.copyOf(problems);
    }

    /**
     * One thing that is wrong.
     *
     * @param field its path; null where no field is at fault
     * @param detail all of it in one line
     */
    record Problem(@Nullable String field, @Nullable String value, @Nullable String expected, String detail) {
    }
}
