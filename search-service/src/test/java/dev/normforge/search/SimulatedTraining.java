package dev.normforge.search;

import dev.normforge.simulation.SimulatedWorker;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/** A coordinator's steps and a simulated worker for the searches and comparisons of a whole service: tests elsewhere read what came of it. */
public final class SimulatedTraining {

    private static final int MOST_STEPS = 1000;

    private final Advance advance;
    private final Searches searches;
    private final Comparisons comparisons;
    private final SimulatedWorker worker;

    public SimulatedTraining(ApplicationContext service) {
        this.advance = service.getBean(Advance.class);
        this.searches = service.getBean(Searches.class);
        this.comparisons = service.getBean(Comparisons.class);
        this.worker = new SimulatedWorker(service.getBean(DataSource.class));
    }

    /** Trains until so many runs of a comparison have ended and are taken in. */
    public void train(SearchId id, int runs) {
        for (int i = 0; i < MOST_STEPS && comparisons.progress(id).done() < runs; i++) {
            advance.advance(id);
            worker.work(1);
        }
        advance.advance(id);
    }

    /** A whole search of the smoke preset, to its report. */
    public SearchId search(String name, int candidates, long seed) {
        var id = searches.create(name, Specs.smoke(candidates, seed), null, null).id();
        for (int i = 0; i < MOST_STEPS && !(advance.advance(id) instanceof Step.Finished); i++) {
            worker.work(1);
        }
        return id;
    }

    /** Trains to the end. */
    public void finish(SearchId id) {
        for (int i = 0; i < MOST_STEPS && !comparisons.get(id).finished(); i++) {
            advance.advance(id);
            worker.work(1);
        }
    }
}
