package dev.normforge.web;

import dev.normforge.web.KinRows.By;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a proposal comes from, what came of it, and which others compute the same. */
@RestController
@RequestMapping(path = "/api/v1/searches/{search}/candidates/{birth}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "candidates")
class KinApi {

    private final SearchDetails searches;
    private final KinRows kin;
    private final TournamentReading tournaments;

    KinApi(SearchDetails searches, KinRows kin, TournamentReading tournaments) {
        this.searches = searches;
        this.kin = kin;
        this.tournaments = tournaments;
    }

    @GetMapping("/tournament")
    @Operation(summary = "Read the tournament that a proposal came from", description = "Recomputed from the search's seed, the birth and the window that it saw, as a replay does.")
    TournamentView tournament(@PathVariable String search, @PathVariable int birth) {
        return tournaments.read(searches.find(search).id(), birth);
    }

    @GetMapping("/kin")
    @Operation(summary = "Count children, siblings and equals of a proposal")
    KinView kin(@PathVariable String search, @PathVariable int birth) {
        return kin.count(searches.find(search).id(), birth);
    }

    @GetMapping("/children")
    @Operation(summary = "List the mutants of a proposal with what changed, oldest first", description = "Only births above `after`.")
    Page<KinView.Child> children(@PathVariable String search, @PathVariable int birth,
            @RequestParam(required = false) @Nullable Integer after, @RequestParam(defaultValue = "50") int size) {
        return kin.children(searches.find(search).id(), birth, after(after), Page.size(size));
    }

    @GetMapping("/equivalents")
    @Operation(summary = "List other proposals of the search that are the same layer, oldest first", description = "By PHENOTYPE: they compute the same. By BEHAVIOUR: another phenotype that does the same at initialisation, up to a scale, a shift and a sign for each channel. Only births above `after`.")
    Page<CandidateView> equivalents(@PathVariable String search, @PathVariable int birth,
            @RequestParam(defaultValue = "PHENOTYPE") By by, @RequestParam(required = false) @Nullable Integer after,
            @RequestParam(defaultValue = "50") int size) {
        return kin.equivalents(searches.find(search).id(), birth, by, after(after), Page.size(size));
    }

    @GetMapping("/elsewhere")
    @Operation(summary = "List other searches that proposed the same layer, newest first", description = "Only searches whose id is below `before`.")
    Page<KinView.Elsewhere> elsewhere(@PathVariable String search, @PathVariable int birth,
            @RequestParam(defaultValue = "PHENOTYPE") By by, @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int size) {
        return kin.elsewhere(searches.find(search).id(), birth, by, before == null ? Long.MAX_VALUE : before,
                Page.size(size));
    }

    private static int after(@Nullable Integer birth) {
        return birth == null ? -1 : birth;
    }
}
