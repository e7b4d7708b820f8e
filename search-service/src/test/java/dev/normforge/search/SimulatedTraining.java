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
        var id = begin(name, candidates, seed);
        int steps = 0;
        while (step(id) && steps < MOST_STEPS) {
            steps++;
        }
        return id;
    }

    /** A search of the smoke preset. */
    public SearchId begin(String name, int candidates, long seed) {
        return searches.create(name, Specs.smoke(candidates, seed), null, null).id();
    }

    /** One step of a search, after a worker has done what was due. @return whether there is more to come */
    public boolean step(SearchId id) {
        worker.work(1);
        return !(advance.advance(id) instanceof Step.Finished);
    }

    /** Trains to the end. */
    public void finish(SearchId id) {
        for (int i = 0; i < MOST_STEPS && !comparisons.get(id).finished(); i++) {
            advance.advance(id);
            worker.work(1);
        }
    }
}
