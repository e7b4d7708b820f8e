package dev.normforge.cli;

import dev.normforge.report.Report;
import dev.normforge.report.Reports;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.SearchView;
import dev.normforge.search.SearchId;
import dev.normforge.search.SearchSummary;
import java.util.Optional;

/** Watches one search until it is finished, or a stop is requested. */
final class SearchRun {

    private final RunningService service;
    private final Screen screen;
    private final StopRequest stop;
    private final String goOn;

    /** @param goOn the command that goes on with a search that this one had to leave */
    SearchRun(RunningService service, Screen screen, StopRequest stop, String goOn) {
        this.goOn = goOn;
        this.service = service;
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * @return the report; empty if a stop was requested first
     * @throws UserError if the search ended without a report, or cannot go on: no worker can train, no room, no database
     */
    Optional<Report> watch(SearchSummary search) {
        var id = search.id();
        boolean finished = new Watch(service, screen, stop, "search " + search.name(), goOn).finishes(() -> look(id));
        return finished ? Optional.of(report(view(id))) : Optional.empty();
    }

    private Watch.State look(SearchId id) {
        var summaries = service.get(SearchSummaries.class);
        var view = view(id);
        return new Watch.State(
                new Progress(view, summaries.funnel(id.value()), summaries.calibration(id.value()).orElse(null),
                        service.address()),
                view.finished(), view.endingNote(), view.revision(), view.running());
    }

    private SearchView view(SearchId id) {
        return service.get(SearchSummaries.class).find(id.value())
                .orElseThrow(() -> new UserError("search %s was deleted while it ran".formatted(id)));
    }

    private Report report(SearchView summary) {
        return service.get(Reports.class).find(summary.id())
                .orElseThrow(() -> new UserError("search %s ended without a report: %s".formatted(summary.name(),
                        summary.endingNote() == null ? summary.ending() : summary.endingNote())));
    }
}
