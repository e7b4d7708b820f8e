package dev.normforge.search;

import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.comparison.ComparisonProgress;
import dev.normforge.comparison.ComparisonProgressReading;
import dev.normforge.comparison.ComparisonReading;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.EvaluationRepository.Order;
import dev.normforge.search.EvaluationRepository.Trainee;
import dev.normforge.search.SearchRepository.Founding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Comparisons as a user handles them. A comparison is advanced, paused and cancelled as a search is. */
@Component
public class Comparisons {

    private final TransactionTemplate transactions;
    private final SearchRepository searches;
    private final ComparisonRepository comparisons;
    private final EvaluationRepository evaluations;
    private final Steering steering;
    private final ComparisonReading results;
    private final ComparisonProgressReading progress;

    Comparisons(PlatformTransactionManager transactions, SearchRepository searches, ComparisonRepository comparisons,
            EvaluationRepository evaluations, Steering steering, ComparisonReading results,
            ComparisonProgressReading progress) {
        this.transactions = new TransactionTemplate(transactions);
        this.searches = searches;
        this.comparisons = comparisons;
        this.evaluations = evaluations;
        this.steering = steering;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Creates a comparison with all its orders, or finds the one of this name and specification: safe to call again.
     *
     * @param name 1 to 100 letters, digits, dots, underscores and dashes; searches and comparisons share their names
     * @param spent of its minutes, before it was created: preparations count
     * @throws NameTakenException where the name belongs to a comparison with another specification, or to a search
     * @throws IllegalArgumentException for a combination that makes no sense, naming field, value, expectation and reason
     */
    public Searches.Created create(String name, ComparisonSpec spec, Duration spent) {
        Searches.requireName(name);
        var plan = ComparisonPlan.of(spec);
        var created = transactions.execute(_ -> {
            var inserted = searches.insert(Founding.of(name, spec, spent));
            inserted.ifPresent(id -> evaluations.write(id, orders(plan)));
            return inserted.map(id -> new Searches.Created(id, true)).orElseGet(() -> existing(name, spec));
        });
        if (created == null) {
            throw new IllegalStateException("comparison %s: the transaction returned nothing".formatted(name));
        }
        return created;
    }

    /** Seeds outermost: when time runs out, every layer has as many runs as any other, give or take one. */
    private static List<Order> orders(ComparisonPlan plan) {
        var orders = new ArrayList<Order>();
        for (int replicate = 0; replicate < plan.spec().seeds(); replicate++) {
            for (var training : plan.trainings()) {
                orders.add(order(plan, training, replicate));
            }
        }
        return orders;
    }

    private static Order order(ComparisonPlan plan, PlannedTraining training, int replicate) {
        return new Order(Purpose.COMPARISON, training.number(), new Trainee(null, training.label(), training.layer()),
                training.proxy(), replicate, plan.seed(replicate), false, false, null, plan.spec().scoredOn(),
                training.observation());
    }

    private Searches.Created existing(String name, ComparisonSpec spec) {
        var existing = find(name).orElseThrow(() -> new NameTakenException(
                "'%s' is the name of a search: choose another name".formatted(name)));
        difference(existing.id(), spec).ifPresent(difference -> {
            throw new NameTakenException(
                    "comparison '%s' exists with %s: choose another name".formatted(name, difference));
        });
        return new Searches.Created(existing.id(), false);
    }

    /** Where a comparison's specification differs first from another one, as {@code seeds 3, not 5}; empty where nowhere. */
    public Optional<String> difference(SearchId id, ComparisonSpec wanted) {
        return Optional.ofNullable(SpecDifference.first(searches.specJson(get(id).id()), ProtocolJson.write(wanted)));
    }

    /**
     * What is in training goes on, nothing else is begun.
     *
     * @throws NoSuchSearchException
     */
    public void pause(SearchId id) {
        steering.pause(get(id).id());
    }

    /** @throws NoSuchSearchException */
    public void resume(SearchId id) {
        steering.resume(get(id).id(), Kind.COMPARISON);
    }

    /**
     * For good. What is in training is given up; the result says what there is.
     *
     * @throws NoSuchSearchException
     */
    public void cancel(SearchId id) {
        steering.cancel(get(id).id());
    }

    /** Pauses whatever else runs, searches too. @return the names of those that it put to wait */
    public List<String> pauseAllBut(SearchId chosen) {
        return steering.pauseAllBut(chosen);
    }

    public Optional<ComparisonSummary> find(String name) {
        return comparisons.find(name);
    }

    public Optional<ComparisonSummary> find(SearchId id) {
        return comparisons.find(id);
    }

    /** @throws NoSuchSearchException */
    public ComparisonSummary get(SearchId id) {
        return find(id).orElseThrow(() -> new NoSuchSearchException(id));
    }

    /** All comparisons, youngest first. */
    public List<ComparisonSummary> list() {
        return list(null, Integer.MAX_VALUE);
    }

    /**
     * A stretch of them.
     *
     * @param before only those that are older than this one; null for the youngest
     * @param most how many at most
     */
    public List<ComparisonSummary> list(@Nullable SearchId before, int most) {
        return comparisons.list(before == null ? Long.MAX_VALUE : before.value(), most);
    }

    /** The specification it was created with. @throws NoSuchSearchException */
    public ComparisonSpec spec(SearchId id) {
        return ProtocolJson.readOwn(searches.specJson(get(id).id()), ComparisonSpec.class);
    }

    /** How far it is. @throws NoSuchSearchException */
    public ComparisonProgress progress(SearchId id) {
        return progress.read(get(id).id().value());
    }

    /**
     * What it has brought so far, or, once it is finished, the result that was stored then.
     *
     * @throws NoSuchSearchException
     * @throws IllegalStateException where only the program that planned it can say
     */
    public ComparisonResult result(SearchId id) {
        var summary = get(id);
        if (summary.otherVersions() != null) {
            throw new IllegalStateException("comparison %s was %s".formatted(summary.name(), summary.otherVersions()));
        }
        return stored(summary).orElseGet(() -> {
            if (summary.finished()) {
                throw new IllegalStateException(
                        "comparison %s ended without a result: %s".formatted(summary.name(), summary.endingNote()));
            }
            return results.ofRows(id.value());
        });
    }

    private Optional<ComparisonResult> stored(ComparisonSummary summary) {
        try {
            return results.stored(summary.id().value());
        } catch (IllegalArgumentException otherVersions) {
            throw new IllegalStateException("comparison %s has a result that another version wrote: %s".formatted(
                    summary.name(), otherVersions.getMessage()), otherVersions);
        }
    }
}
