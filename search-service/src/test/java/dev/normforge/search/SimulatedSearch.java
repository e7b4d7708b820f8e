package dev.normforge.search;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec.Budget;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.simulation.SimulatedWorker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Fills a service's tables with a search by its own coordinator. Scores are few, so that ties are common. */
public final class SimulatedSearch {

    private static final int MOST_STEPS = 20_000;

    private SimulatedSearch() {
    }

    /**
     * A search that has ended, on three anchors.
     *
     * @param candidates to be trained
     * @param replicates of a layer that comes again; its counts are pooled
     */
    public static SearchId finished(ApplicationContext service, String name, int candidates, int replicates) {
        var seen = replicates == 1 ? SeenBefore.MUTATE_AGAIN : SeenBefore.REPLICATE;
        var spec = Presets.read("laptop").withSeed(7).withBudget(new Budget(candidates, null, null))
                .withStrategy(Specs.strategy(32, seen, replicates, 0, 0, 0.15));
        var id = service.getBean(Searches.class).create(name, spec, null, null).id();
        var advance = service.getBean(Advance.class);
        var worker = new SimulatedWorker(service.getBean(DataSource.class), SimulatedSearch::outcome);
        for (int i = 0; i < MOST_STEPS; i++) {
            if (advance.advance(id) instanceof Step.Finished) {
                return id;
            }
            worker.work(4);
        }
        throw new AssertionError("search %s is not finished after %d steps".formatted(id, MOST_STEPS));
    }

    private static @Nullable Outcome outcome(EvaluationRequest request) {
        if (!request.gates() || !(request.layer() instanceof SlotLayer.Graph(var graph))) {
            return null;
        }
        var draws = new Random(31L * Arrays.hashCode(graph.packed()) + request.seed());
        int total = request.proxy().data().search();
        int steps = request.proxy().training().steps();
        int first = draws.nextInt(9);
        int second = draws.nextInt(9);
        // What a layer gains on two anchors it loses on the third: wide fronts.
        var places = List.of(first, second, Math.max(0, 12 + draws.nextInt(4) - first - second));
        var scores = new ArrayList<AnchorScore>();
        for (int i = 0; i < places.size(); i++) {
            scores.add(new AnchorScore(request.proxy().anchors().get(i).name(), total * (4 + places.get(i)) / 24, total,
                    null, 1, steps, 10, List.of()));
        }
        return new Outcome.Scored(scores, new Outcome.Spent(scores.size() * steps, 0, 0, 900));
    }
}
