package dev.normforge.cli;

import dev.normforge.dispatch.LocalFitness;
import dev.normforge.report.Report;
import dev.normforge.report.Reports;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.SearchView;
import dev.normforge.search.SearchId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** Watches one search until it is finished, or a stop is requested. */
final class SearchRun {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Longer than anything that a search does without a visible change, but for one long training. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final RunningService service;
    private final Screen screen;
    private final StopRequest stop;
    private final String goOn;
    private Optional<String> complaint = Optional.empty();

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
    Optional<Report> watch(SearchId id) {
        var summaries = service.get(SearchSummaries.class);
        var name = id.toString();
        long revision = -1;
        String said = "";
        long changed = System.nanoTime();
        long answered = changed;
        while (!stop.within(BETWEEN_LOOKS)) {
            var lack = service.lackOfRoom();
            if (lack.isPresent()) {
                throw stopped(name, lack.get());
            }
            SearchView summary;
            try {
                summary = summaries.find(id.value())
                        .orElseThrow(() -> new UserError("search %s was deleted while it ran".formatted(id)));
                name = summary.name();
                if (summary.finished()) {
                    screen.erase();
                    return Optional.of(report(summary));
                }
                screen.show(new Progress(summary, summaries.funnel(id.value()),
                        summaries.calibration(id.value()).orElse(null), service.address()));
                heed(service.get(LocalFitness.class));
                answered = System.nanoTime();
            } catch (DataAccessException e) {
                // a server that restarts is waited for
                if (System.nanoTime() - answered > QUIET.toNanos()) {
                    throw stopped(name, "the database does not answer (log: %s): %s".formatted(service.log(),
                            NormForge.oneLine(NormForge.firstCause(e))));
                }
                continue;
            }
            var note = summary.endingNote();
            if (note != null && !note.equals(said)) {
                screen.say("search %s: %s".formatted(summary.name(), note));
                said = note;
            }
            if (summary.revision() != revision || summary.running() > 0) {
                revision = summary.revision();
                changed = System.nanoTime();
            } else if (System.nanoTime() - changed > QUIET.toNanos()) {
                screen.say("nothing has happened for %d minutes; the log may say why: %s".formatted(QUIET.toMinutes(),
                        service.log()));
                changed = System.nanoTime();
            }
        }
        screen.erase();
        return Optional.empty();
    }

    /** Workers without images, or without an engine, are tried again for a while: what was lost may come back. */
    private void heed(LocalFitness fitness) {
        var now = fitness.complaint();
        if (now.isPresent() && !now.equals(complaint)) {
            screen.say("a worker cannot train here: %s; the next one tries again".formatted(now.get()));
        }
        complaint = now;
        fitness.whyNobodyTrains().ifPresent(why -> {
            screen.erase();
            throw new UserError("no worker can train: %s; nothing is lost. Once that is mended, go on with: %s"
                    .formatted(why, goOn));
        });
    }

    private UserError stopped(String name, String why) {
        screen.erase();
        return new UserError("search %s has stopped, nothing is lost: %s; put it right, then go on with: %s"
                .formatted(name, why, goOn));
    }

    private Report report(SearchView summary) {
        return service.get(Reports.class).find(summary.id())
                .orElseThrow(() -> new UserError("search %s ended without a report: %s".formatted(summary.name(),
                        summary.endingNote() == null ? summary.ending() : summary.endingNote())));
    }
}
