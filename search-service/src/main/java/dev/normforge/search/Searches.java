package dev.normforge.search;

import dev.normforge.protocol.SearchSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches as a user handles them: create, pause, resume, cancel, look up. */
@Component
public class Searches {

    /** @param fresh whether this call created it */
    public record Created(SearchId id, boolean fresh) {
    }

    /**
     * Creates a search, or finds the one of this name and specification: safe to call again.
     *
     * @param name 1 to 100 letters, digits, dots, underscores and dashes
     * @param study groups the arms and seeds of one experiment
     * @param arm of the study
     * @throws NameTakenException where the name belongs to a search with another specification, study or arm
     * @throws IllegalArgumentException naming the field, the value and what was expected
     */
    public Created create(String name, SearchSpec spec, @Nullable String study, @Nullable String arm) {
        throw new UnsupportedOperationException("not yet " + name + spec + study + arm);
    }

    /** @throws NoSuchSearchException */
    public void pause(SearchId id) {
        throw new UnsupportedOperationException("not yet " + id);
    }

    /** @throws NoSuchSearchException */
    public void resume(SearchId id) {
        throw new UnsupportedOperationException("not yet " + id);
    }

    /** What is in training is given up; no report. @throws NoSuchSearchException */
    public void cancel(SearchId id) {
        throw new UnsupportedOperationException("not yet " + id);
    }

    public Optional<SearchSummary> find(String name) {
        throw new UnsupportedOperationException("not yet " + name);
    }

    /** @throws NoSuchSearchException */
    public SearchSummary get(SearchId id) {
        throw new UnsupportedOperationException("not yet " + id);
    }

    /** All searches, youngest first. */
    public List<SearchSummary> list() {
        throw new UnsupportedOperationException("not yet");
    }
}
