package dev.normforge.search;

import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.search.SearchRepository.Founding;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches as a user handles them: create, pause, resume, cancel, look up. */
@Component
public class Searches {

    private final SearchRepository searches;
    private final Steering steering;

    Searches(SearchRepository searches, Steering steering) {
        this.searches = searches;
        this.steering = steering;
    }

    /** @param fresh whether this call created it */
    public record Created(SearchId id, boolean fresh) {
    }

    /**
     * Creates a search, or finds the one of this name and specification: safe to call again.
     *
     * @param name 1 to 100 letters, digits, dots, underscores and dashes
     * @param study groups the arms and seeds of one experiment
     * @param arm of the study
     * @throws NameTakenException where the name belongs to a search with another specification, study or arm, or to a
     *         comparison
     * @throws IllegalArgumentException naming the field, the value and what was expected
     */
    public Created create(String name, SearchSpec spec, @Nullable String study, @Nullable String arm) {
        return create(name, spec, study, arm, Duration.ZERO);
    }

    /**
     * Likewise.
     *
     * @param spent of its minutes, before it was created: preparations count
     */
    public Created create(String name, SearchSpec spec, @Nullable String study, @Nullable String arm, Duration spent) {
        require(name, spec);
        var inserted = searches.insert(Founding.of(name, spec, study, arm, spent));
        return inserted.map(id -> new Created(id, true)).orElseGet(() -> existing(name, spec, study, arm));
    }

    /**
     * What {@link #create} would do, without doing it.
     *
     * @return the search that it would find; empty where it would create one
     * @throws NameTakenException as it would
     * @throws IllegalArgumentException likewise
     */
    public Optional<SearchId> foresee(String name, SearchSpec spec, @Nullable String study, @Nullable String arm) {
        require(name, spec);
        return taken(name) ? Optional.of(existing(name, spec, study, arm).id()) : Optional.empty();
    }

    private static void require(String name, SearchSpec spec) {
        requireName(name);
        spec.calibration().references().forEach(CalibrationPhase::reference);
        spec.confirmation().references().forEach(CalibrationPhase::reference);
    }

    static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "name is '%s', expected 1 to 100 letters, digits, dots, underscores and dashes".formatted(name));
        }
    }

    private Created existing(String name, SearchSpec spec, @Nullable String study, @Nullable String arm) {
        var existing = find(name).orElseThrow(() -> new NameTakenException(
                "'%s' is the name of a comparison: choose another name".formatted(name)));
        refuse(name, "study", existing.study(), study);
        refuse(name, "arm", existing.arm(), arm);
        var difference = SpecDifference.first(searches.specJson(existing.id()), ProtocolJson.write(spec));
        if (difference != null) {
            throw new NameTakenException("search '%s' exists with %s: choose another name".formatted(name, difference));
        }
        return new Created(existing.id(), false);
    }

    private static void refuse(String name, String field, @Nullable String stored, @Nullable String wanted) {
        if (!Objects.equals(stored, wanted)) {
            throw new NameTakenException("search '%s' exists with %s %s, not %s: choose another name".formatted(name,
                    field, stored, wanted));
        }
    }

    /**
     * What is in training goes on, what waits is taken out of the queue.
     *
     * @throws NoSuchSearchException
     */
    public void pause(SearchId id) {
        steering.pause(get(id).id());
    }

    /** @throws NoSuchSearchException */
    public void resume(SearchId id) {
        steering.resume(get(id).id(), Kind.SEARCH);
    }

    /**
     * For good. What is in training is given up; the report says what there is.
     *
     * @throws NoSuchSearchException
     */
    public void cancel(SearchId id) {
        steering.cancel(get(id).id());
    }

    /** Pauses whatever else runs, comparisons too. @return the names of those that it put to wait */
    public List<String> pauseAllBut(SearchId chosen) {
        return steering.pauseAllBut(chosen);
    }

    /** Whether a search or a comparison has this name. */
    public boolean taken(String name) {
        return searches.taken(name);
    }

    /** {@code base}, or {@code base-2}, {@code base-3}, …: the first that neither a search nor a comparison has. */
    public String freeName(String base) {
        return searches.freeName(base);
    }

    public Optional<SearchSummary> find(String name) {
        return searches.find(name);
    }

    /** @throws NoSuchSearchException */
    public SearchSummary get(SearchId id) {
        return searches.find(id).orElseThrow(() -> new NoSuchSearchException(id));
    }

    /** The specification it was created with. @throws NoSuchSearchException */
    public SearchSpec spec(SearchId id) {
        return searches.spec(id);
    }

    /** Where a search's specification differs first from another one, as {@code seed 1, not 2}; empty where nowhere. */
    public Optional<String> difference(SearchId id, SearchSpec wanted) {
        return Optional.ofNullable(SpecDifference.first(searches.specJson(id), ProtocolJson.write(wanted)));
    }

    /** All searches, youngest first. */
    public List<SearchSummary> list() {
        return searches.list();
    }
}
