package dev.normforge.cli;

import dev.normforge.search.Intent;
import dev.normforge.search.Phase;
import dev.normforge.search.SearchSummary;
import dev.normforge.search.Searches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which search of a home a user means. */
final class SearchNames {

    private final Searches searches;

    SearchNames(Searches searches) {
        this.searches = searches;
    }

    /**
     * The search to go on with: the one of this name, or the youngest that is not finished.
     *
     * @throws UserError if there is none
     */
    SearchSummary toResume(@Nullable String name) {
        if (name != null) {
            return searches.find(name).orElseThrow(() -> new UserError(
                    "--name is %s, expected a search of this home: %s".formatted(name, known())));
        }
        return unfinished().stream().findFirst().orElseThrow(() -> new UserError(
                "--resume: expected a search that is not finished; this home has %s".formatted(known())));
    }

    /**
     * The search of this name or number.
     *
     * @throws UserError if there is none
     */
    SearchSummary named(String search) {
        return searches.find(search)
                .or(() -> searches.list().stream().filter(one -> one.id().toString().equals(search)).findFirst())
                .orElseThrow(() -> new UserError("SEARCH is %s, expected one of this home: %s".formatted(search,
                        known())));
    }

    /** All searches, for people. */
    String known() {
        var names = searches.list().stream().map(SearchSummary::name).toList();
        return names.isEmpty() ? "no searches" : String.join(", ", names);
    }

    private List<SearchSummary> unfinished() {
        return searches.list().stream().filter(one -> one.phase() != Phase.FINISHED).toList();
    }

    /**
     * Refuses a search that this program would leave alone.
     *
     * @throws UserError naming both versions
     */
    static SearchSummary ofThisProgram(SearchSummary search) {
        if (search.otherVersions() != null) {
            throw new UserError("search %s was %s: go on with the program that made it".formatted(search.name(),
                    search.otherVersions()));
        }
        return search;
    }

    /** Makes this the only one that runs. Returns the names of those that were put to wait. */
    List<String> runAlone(SearchSummary chosen) {
        var others = searches.pauseAllBut(chosen.id());
        if (chosen.phase() != Phase.FINISHED && chosen.intent() == Intent.PAUSE) {
            searches.resume(chosen.id());
        }
        return others;
    }
}
