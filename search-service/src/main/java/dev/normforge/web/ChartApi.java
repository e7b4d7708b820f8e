package dev.normforge.web;

import dev.normforge.report.ChartSummaries;
import dev.normforge.report.HypervolumeView;
import dev.normforge.report.Population;
import dev.normforge.report.TraitsView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the charts of a search's page are drawn from. */
@RestController
@RequestMapping(path = "/api/v1/searches/{search}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "searches")
class ChartApi {

    private static final Set<Population> COMPARED = EnumSet.of(Population.SURVIVED, Population.BEST, Population.FRONT);
    private static final Set<Population> BASES = EnumSet.of(Population.PROPOSED, Population.TRAINED);

    private final SearchDetails searches;
    private final ChartSummaries charts;

    ChartApi(SearchDetails searches, ChartSummaries charts) {
        this.searches = searches;
        this.charts = charts;
    }

    @GetMapping("/traits")
    @Operation(summary = "Read what survives", description = "Frequency and lift of every operation, moment, index set and aggregation: `among` survived, best (the best tenth of these) or front, `against` proposed or trained. Only nodes that a layer's output depends on count.")
    TraitsView traits(@PathVariable String search, @RequestParam(defaultValue = "survived") String among,
            @RequestParam(defaultValue = "proposed") String against) {
        return charts.traits(searches.find(search).id(), population("among", among, COMPARED),
                population("against", against, BASES));
    }

    private static Population population(String field, String asked, Set<Population> allowed) {
        return Arrays.stream(Population.values()).filter(allowed::contains).filter(one -> word(one).equals(asked))
                .findFirst().orElseThrow(() -> Refusal.badField(field, asked, "one of "
                        + allowed.stream().map(ChartApi::word).collect(Collectors.joining(", "))));
    }

    private static String word(Population population) {
        return population.name().toLowerCase(Locale.ROOT);
    }

    @GetMapping("/hypervolume")
    @Operation(summary = "Read the front's hypervolume over arrivals", description = "At most `size` points, each the last change of a stretch of arrivals.")
    HypervolumeView hypervolume(@PathVariable String search, @RequestParam(defaultValue = "500") int size) {
        return charts.hypervolume(searches.find(search).id(), Page.size(size))
                .orElseThrow(() -> Refusal.notFound("search", search, "the name or id of a search"));
    }
}
