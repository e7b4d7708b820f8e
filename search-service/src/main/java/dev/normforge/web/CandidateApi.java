package dev.normforge.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Every layer that a search ever proposed, and the order in which it learned about them. */
@RestController
@RequestMapping(path = "/api/v1/searches/{search}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "candidates")
class CandidateApi {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final SearchDetails searches;
    private final CandidateRows candidates;
    private final CandidateCsv csv;

    CandidateApi(SearchDetails searches, CandidateRows candidates, CandidateCsv csv) {
        this.searches = searches;
        this.candidates = candidates;
        this.csv = csv;
    }

    @GetMapping("/candidates")
    @Operation(summary = "List proposals, youngest first", description = "Only births below `before`.")
    Page<CandidateView> list(@PathVariable String search, @RequestParam(required = false) @Nullable Integer before,
            @RequestParam(defaultValue = "100") int size) {
        return candidates.before(searches.find(search).id(), before == null ? Integer.MAX_VALUE : before,
                Page.size(size));
    }

    @GetMapping(path = "/candidates.csv", produces = CSV)
    @Operation(summary = "Read all proposals as CSV, oldest first", description = "With the counts of every anchor. Sent while it is read: a file that breaks off does not end properly.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
    ResponseEntity<StreamingResponseBody> csv(@PathVariable String search) {
        long id = searches.find(search).id();
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(CSV))
                .headers(headers -> headers.setContentDisposition(
                        ContentDisposition.attachment().filename("search-%d-candidates.csv".formatted(id)).build()))
                .body(out -> csv.write(id, out));
    }

    @GetMapping("/candidates/{birth}")
    @Operation(summary = "Read one proposal: graph, phenotype, cost, scores, fate and evaluations")
    CandidateView.Detail read(@PathVariable String search, @PathVariable int birth) {
        return candidates.detail(searches.find(search).id(), birth);
    }

    @GetMapping("/arrivals")
    @Operation(summary = "List arrivals, oldest first", description = "Only ordinals above `after`: what a reader lacks.")
    @Nullable
    Page<CandidateView.Arrival> arrivals(@PathVariable String search, @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "500") int size, WebRequest request) {
        if (after < 0) {
            throw Refusal.badField("after", after, "an arrival ordinal, at least 0");
        }
        int rows = Page.size(size);
        var key = searches.find(search);
        return Freshness.holds(request, key) ? null : candidates.after(key.id(), after, rows);
    }
}
