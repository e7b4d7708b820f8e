package dev.normforge.web;

import java.util.List;
import java.util.stream.Collectors;
import dev.normforge.search.SpecTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the specifications of searches say about comparing them. */
final class Specifications {

    /** More say no more: the table of differences has them all. */
    private static final int MOST_NAMED = 3;

    private Specifications() {
    }

    static JsonNode withoutSeed(JsonNode spec) {
        return spec.deepCopy() instanceof ObjectNode copy ? copy.without("seed") : spec;
    }

    static boolean isRandom(JsonNode spec) {
        return spec.at("/strategy/freshProbability").doubleValue(0) == 1;
    }

    /** What decides a finished training's score: the proxy but for its rejections, which only say who is trained to the end. */
    static JsonNode scoring(JsonNode spec) {
        return spec.path("proxy").deepCopy() instanceof ObjectNode copy
                ? copy.without("rejections")
                : spec.path("proxy");
    }

    static boolean differ(JsonNode one, JsonNode other) {
        return !one.equals(other) && !SpecTable.of(List.of(one, other)).rows().isEmpty();
    }

    /** As “data.name is synthetic, not cifar10”. */
    static String difference(JsonNode one, JsonNode other) {
        var rows = SpecTable.of(List.of(one, other)).rows();
        var named = rows.stream().limit(MOST_NAMED)
                .map(row -> "%s is %s, not %s".formatted(row.field(), row.values().getFirst(), row.values().getLast()))
                .collect(Collectors.joining("; "));
        return rows.size() > MOST_NAMED ? "%s; and %d more".formatted(named, rows.size() - MOST_NAMED) : named;
    }
}
