package dev.normforge.search;

import dev.normforge.protocol.SearchSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What confirmation orders: all that the specification asks for, or less of it.
 *
 * @param field layers of the first round, which there is none of unless they are more than the finalists
 * @param finalists layers of the second round
 * @param seeds of each of them and of each reference
 * @param steps of each training
 * @param references trained beside the finalists
 */
record ConfirmationPlan(int field, int finalists, int seeds, int steps, List<String> references) {

    /** The reference that differences and the final sentence are about. */
    static final String BASELINE = "bn-relu";
    /** From as many runs on, a layer's interval rests on its own noise. */
    private static final int OWN_NOISE = 3;
    private static final int QUARTERS = 4;

    ConfirmationPlan {
        references = List.copyOf(references);
    }

    /**
     * From all that is asked for to the least that still says how the best layer compares with BN-ReLU. Layers go first, since
     * the best ones are at the front of the list; then steps, no fewer than a search's own; references last.
     *
     * @param layers how many there are to be confirmed, at least one
     */
    static List<ConfirmationPlan> ladder(SearchSpec spec, int layers) {
        var all = spec.confirmation();
        int seeds = Math.min(all.seeds(), OWN_NOISE);
        int fewest = Math.min(all.steps(), Math.max(spec.proxy().training().steps(), quarters(all.steps(), 1)));
        int most = Math.max(fewest, quarters(all.steps(), 3));
        int half = Math.max(fewest, quarters(all.steps(), 2));
        int few = quarters(all.finalists(), 2);
        var references = all.references();
        var baseline = references.contains(BASELINE)
                ? List.of(BASELINE)
                : references.subList(0, Math.min(1, references.size()));
        var plans = new ArrayList<ConfirmationPlan>();
        plans.add(new ConfirmationPlan(all.field(), all.finalists(), all.seeds(), all.steps(), references));
        plans.add(new ConfirmationPlan(all.field(), all.finalists(), seeds, all.steps(), references));
        plans.add(new ConfirmationPlan(quarters(all.field(), 3), quarters(all.finalists(), 3), seeds, all.steps(),
                references));
        for (int steps : List.of(all.steps(), most, half)) {
            plans.add(new ConfirmationPlan(quarters(all.field(), 2), few, seeds, steps, references));
        }
        plans.add(new ConfirmationPlan(few, few, seeds, half, references));
        for (int steps : List.of(half, fewest)) {
            plans.add(new ConfirmationPlan(1, 1, seeds, steps, references));
        }
        plans.add(new ConfirmationPlan(1, 1, seeds, fewest, baseline));
        return plans.stream().map(plan -> plan.among(layers)).distinct().toList();
    }

    private static int quarters(int whole, int quarters) {
        return Math.ceilDiv(whole * quarters, QUARTERS);
    }

    private ConfirmationPlan among(int layers) {
        int fewer = Math.min(field, layers);
        return new ConfirmationPlan(fewer, Math.min(finalists, fewer), seeds, steps, references);
    }

    int firstRuns() {
        return field > finalists ? field : 0;
    }

    int secondRuns() {
        return seeds * (finalists + references.size());
    }

    /** What its first round lacks of {@code asked}'s, for people; null where nothing. */
    @Nullable
    String firstLacks(ConfirmationPlan asked) {
        var lacks = new ArrayList<String>();
        lack(lacks, field, asked.field, "layers");
        lack(lacks, steps, asked.steps, "steps");
        return lacks.isEmpty()
                ? null
                : "for want of time the first round of confirmation has " + String.join(" and ", lacks);
    }

    /** Likewise for the second round. */
    @Nullable
    String secondLacks(ConfirmationPlan asked) {
        var lacks = new ArrayList<String>();
        lack(lacks, finalists, asked.finalists, "layers");
        lack(lacks, references.size(), asked.references.size(), "references");
        lack(lacks, seeds, asked.seeds, "seeds");
        lack(lacks, steps, asked.steps, "steps");
        return lacks.isEmpty() ? null : "for want of time confirmation has " + String.join(", ", lacks);
    }

    private static void lack(List<String> lacks, int here, int asked, String what) {
        if (here < asked) {
            lacks.add("%d of %d %s".formatted(here, asked, what));
        }
    }
}
