package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the operator wants of a search or a comparison that exists; a finished one and a cancelled one stay as they are. */
@Component
class Steering {

    private final TransactionTemplate transactions;
    private final SearchRepository searches;
    private final Dispatch dispatch;

    Steering(PlatformTransactionManager transactions, SearchRepository searches, Dispatch dispatch) {
        this.transactions = new TransactionTemplate(transactions);
        this.searches = searches;
        this.dispatch = dispatch;
    }

    /** What is in training goes on, what waits is taken out of the queue. */
    void pause(SearchId id) {
        transactions.executeWithoutResult(_ -> {
            if (searches.intend(id, Intent.PAUSE)) {
                dispatch.withdraw(id.value());
            }
        });
    }

    /** A search's orders are all that it wants next; a comparison's wait their turn, and its next step queues a few. */
    void resume(SearchId id, Kind kind) {
        transactions.executeWithoutResult(_ -> {
            if (searches.intend(id, Intent.RUN) && kind == Kind.SEARCH) {
                dispatch.schedule(dispatch.unsettled(id.value()));
            }
        });
    }

    void cancel(SearchId id) {
        searches.intend(id, Intent.CANCEL);
    }

    /** Pauses whatever else runs. @return the names of those that it put to wait, oldest first */
    List<String> pauseAllBut(SearchId chosen) {
        var others = searches.running().stream().filter(one -> !one.id().equals(chosen)).toList();
        others.forEach(one -> pause(one.id()));
        return others.stream().map(SearchRepository.Named::name).toList();
    }
}
