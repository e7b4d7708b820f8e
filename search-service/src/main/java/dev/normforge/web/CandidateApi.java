package dev.normforge.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every layer that a search ever proposed, and the order in which it learned about them. */
@RestController
@RequestMapping(path = "/api/v1/searches/{search}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "candidates")
class CandidateApi {

    private final SearchDetails searches;
    private final CandidateRows candidates;

    CandidateApi(SearchDetails searches, CandidateRows candidates) {
        this.searches = searches;
        this.candidates = candidates;
    }

    @GetMapping("/candidates")
    @Operation(summary = "List proposals, youngest first", description = "Only births below `before`.")
    Page<CandidateView> list(@PathVariable String search, @RequestParam(required = false) @Nullable Integer before,
            @RequestParam(defaultValue = "100") int size) {
        return candidates.before(searches.find(search).id(), before == null ? Integer.MAX_VALUE : before,
                Page.size(size));
    }

    @GetMapping("/candidates/{birth}")
    @Operation(summary = "Read one proposal: graph, phenotype, cost, scores, fate and evaluations")
    CandidateView.Detail read(@PathVariable String search, @PathVariable int birth) {
        return candidates.detail(searches.find(search).id(), birth);
    }

    @GetMapping("/arrivals")
    @Operation(summary = "List arrivals, oldest first", description = "Only ordinals above `after`: what a reader lacks.")
    Page<CandidateView.Arrival> arrivals(@PathVariable String search, @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "500") int size) {
        if (after < 0) {
            throw Refusal.badField("after", after, "an arrival ordinal, at least 0");
        }
        return candidates.after(searches.find(search).id(), after, Page.size(size));
    }
}
