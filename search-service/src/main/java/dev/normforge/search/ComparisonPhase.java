package dev.normforge.search;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonReading;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.dispatch.Dispatch;
import dev.normforge.protocol.ProtocolJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One step of a comparison, whose orders are written when it is created: a few of them wait in the queue at a time, so that
 * searches beside it get their share. Whether anything is left to do is a question to the rows.
 */
@Component
class ComparisonPhase {

    private static final long MILLIS_A_MINUTE = 60_000;

    private final SearchRepository searches;
    private final ComparisonRepository rows;
    private final EvaluationRepository evaluations;
    private final Dispatch dispatch;
    private final ComparisonReading reading;

    ComparisonPhase(SearchRepository searches, ComparisonRepository rows, EvaluationRepository evaluations,
            Dispatch dispatch, ComparisonReading reading) {
        this.searches = searches;
        this.rows = rows;
        this.evaluations = evaluations;
        this.dispatch = dispatch;
        this.reading = reading;
    }

    Step step(SearchHead head) {
        if (head.intent() == Intent.CANCEL) {
            evaluations.giveUp(head.id());
        }
        int absorbed = rows.absorb(head.id());
        var done = switch (head.intent()) {
            case PAUSE -> new Done(0, null);
            case CANCEL -> new Done(0, null);
            case RUN -> late(head) ? giveUp(head.id()) : new Done(queue(head.id()), null);
        };
        if (head.intent() != Intent.PAUSE && done.note() == null && rows.over(head.id())) {
            return finish(head);
        }
        if (absorbed + done.queued() > 0 || done.note() != null) {
            searches.save(head.id(), Phase.COMPARISON, 0, 0, head.activeMillis(), null, done.note());
            return new Step.Moved(absorbed, 0, done.queued());
        }
        if (head.clockDue()) {
            searches.tick(head.id(), head.activeMillis());
        }
        return new Step.Idle();
    }

    /** @param note what was given up; null for nothing */
    private record Done(int queued, @Nullable String note) {
    }

    private boolean late(SearchHead head) {
        return rows.minutes(head.id()).filter(minutes -> head.activeMillis() > minutes * MILLIS_A_MINUTE).isPresent();
    }

    private Done giveUp(SearchId id) {
        dispatch.withdraw(id.value());
        int given = rows.giveUpUnqueued(id);
        return new Done(0, given == 0 ? null : "for want of time %d runs were not begun".formatted(given));
    }

    private int queue(SearchId id) {
        int lacking = Dispatch.depth(dispatch.slots()) - dispatch.waiting(id.value());
        if (lacking <= 0) {
            return 0;
        }
        var next = dispatch.unsettled(id.value(), lacking);
        dispatch.schedule(next);
        return next.size();
    }

    private Step finish(SearchHead head) {
        var result = reading.ofRows(head.id().value());
        var ending = ending(head, result);
        searches.tick(head.id(), head.activeMillis());
        searches.finish(head.id(), ending, ending == Ending.FAILED ? String.join("; ", result.notes()) : null,
                ProtocolJson.write(result));
        return new Step.Finished(ending);
    }

    private static Ending ending(SearchHead head, ComparisonResult result) {
        if (head.intent() == Intent.CANCEL) {
            return Ending.CANCELLED;
        }
        boolean nothing = result.cells().stream().map(CellResult::runs).allMatch(List::isEmpty);
        boolean failed = result.cells().stream().map(CellResult::failures).anyMatch(all -> !all.isEmpty());
        return nothing && failed ? Ending.FAILED : Ending.COMPLETED;
    }
}
