package dev.normforge.search;

import dev.normforge.front.Entrant;
import dev.normforge.front.ParetoFront;
import dev.normforge.search.ArrivalRepository.Settled;
import dev.normforge.search.FunnelRepository.Tally;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes what workers settled out of the inbox and gives evolution's results their ordinals. */
@Component
class Absorbing {

    private final ArrivalRepository arrivals;
    private final FrontRepository fronts;

    Absorbing(ArrivalRepository arrivals, FrontRepository fronts) {
        this.arrivals = arrivals;
        this.fronts = fronts;
    }

    /** Once a turn, at most {@link ArrivalRepository#INBOX} outcomes. */
    void absorb(Turn turn) {
        var inbox = arrivals.inbox(turn.search());
        if (inbox.isEmpty()) {
            return;
        }
        var front = new Front(turn);
        for (var settled : inbox) {
            switch (settled.purpose()) {
                case CALIBRATION, CONFIRMATION, COMPARISON -> {
                    // Read by their phase; not a part of evolution.
                }
                case AUDIT -> audited(turn, settled);
                case EVOLUTION -> trained(turn, settled, front);
            }
        }
        arrivals.absorbed(inbox);
        turn.absorbed = inbox.size();
    }

    private static int birth(Settled settled) {
        var birth = settled.birth();
        if (birth == null) {
            throw new IllegalStateException("evaluation %d of evolution has no birth".formatted(settled.evaluation()));
        }
        return birth;
    }

    private static int next(Turn turn) {
        return turn.knowledge.arrivals() + 1;
    }

    private static void audited(Turn turn, Settled settled) {
        turn.add(new Arrival(next(turn), birth(settled), Arrival.Source.AUDIT, settled.evaluation(), null,
                settled.steps(), settled.steps(), settled.millis()));
        int ended = settled.kind().equals("FAILED") ? 0 : 1;
        turn.funnel.add("AUDIT", "STACK", new Tally(ended, settled.steps(), 0, settled.millis()));
    }

    private static void trained(Turn turn, Settled settled, Front front) {
        int birth = birth(settled);
        var source = Arrival.Source.of(settled.kind(), settled.reason());
        var counts = source == Arrival.Source.SCORED ? settled.counts() : null;
        var pooled = counts == null ? null : turn.knowledge.pooled(birth, counts);
        var earlier = pooled == null ? null : turn.knowledge.earlierScored(birth);
        if (source == Arrival.Source.SCORED || source == Arrival.Source.REJECTED) {
            turn.traits.trained(turn.knowledge.graph(birth), source == Arrival.Source.SCORED);
        }
        var arrival = new Arrival(next(turn), birth, source, settled.evaluation(), pooled, settled.steps(),
                settled.auditSteps(), settled.millis());
        turn.add(arrival);
        count(turn, settled);
        if (pooled != null) {
            front.scored(arrival.ordinal(), new Entrant(birth, pooled.scores()), earlier);
        }
    }

    private static void count(Turn turn, Settled settled) {
        var stage = settled.kind().equals("REJECTED") && settled.stage() != null ? settled.stage() : settled.kind();
        var reason = settled.reason() == null ? "scored" : settled.reason();
        turn.funnel.add(stage, reason,
                new Tally(1, settled.steps() - settled.auditSteps(), settled.savedSteps(), settled.millis()));
        if (settled.anchor() != null) {
            turn.funnel.addAt(stage, reason, settled.anchor(), settled.savedSteps());
        }
        if (settled.audited()) {
            turn.funnel.add("AUDIT", stage, new Tally(1, settled.auditSteps(), 0, 0));
        }
    }

    /** The front, read once a turn and only if somebody was scored. */
    private final class Front {
        private final Turn turn;
        private @Nullable ParetoFront now;

        Front(Turn turn) {
            this.turn = turn;
        }

        /** @param earlier the birth that held the phenotype's score until now: replaced by the pooled one */
        void scored(int ordinal, Entrant arrived, @Nullable Integer earlier) {
            var before = now == null ? fronts.now(turn.search()) : now;
            boolean onFront = before.members().stream()
                    .anyMatch(member -> Integer.valueOf(member.birth()).equals(earlier));
            // A better score may have displaced others; if it turns out worse, they return.
            var after = onFront ? turn.knowledge.front() : before.after(arrived).front();
            fronts.change(turn.search(), before, after, ordinal, arrived.birth());
            now = after;
        }
    }
}
