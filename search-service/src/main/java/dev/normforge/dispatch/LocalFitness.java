package dev.normforge.dispatch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether this service's own workers can train where they are, as they said themselves when they ended. */
@Component
public class LocalFitness {

    private final Dispatch dispatch;
    private volatile @Nullable LocalWorkers workers;

    LocalFitness(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    void of(LocalWorkers started) {
        workers = started;
    }

    /** Why a worker ended that could not train here, in one line; empty while none had to say so. It is tried again. */
    public Optional<String> complaint() {
        var local = workers;
        return local == null ? Optional.empty() : local.complaint();
    }

    /** The same once each of them has tried several times, and no worker of another machine is there to train. */
    public Optional<String> whyNobodyTrains() {
        var local = workers;
        return local != null && local.allUnfit() && dispatch.slots() == 0 ? local.complaint() : Optional.empty();
    }
}
