package dev.normforge.search;

import dev.normforge.search.EvaluationRepository.Order;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One coordinator's turn at one search: what it will have changed when its transaction commits. */
final class Turn {

    final SearchHead head;
    final Knowledge knowledge;
    final FunnelRepository.Additions funnel = new FunnelRepository.Additions();
    final TraitRepository.Additions traits = new TraitRepository.Additions();
    final List<Birth> births = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    Phase phase;
    SearchHead.@Nullable EvolutionEnd end;
    @Nullable
    String note;
    int absorbed;

    Turn(SearchHead head, Knowledge knowledge) {
        this.head = head;
        this.knowledge = knowledge;
        this.phase = head.phase();
        this.end = head.end();
    }

    SearchId search() {
        return head.id();
    }

    void add(Birth birth) {
        births.add(birth);
        traits.proposed(birth.proposal().graph());
        knowledge.after(birth.known());
    }

    void add(Arrival arrival) {
        arrivals.add(arrival);
        knowledge.after(arrival);
    }

    /** Whether rows other than the head's clock change. */
    boolean changed() {
        return absorbed > 0 || !births.isEmpty() || !arrivals.isEmpty() || !orders.isEmpty() || phase != head.phase()
                || end != head.end() || note != null;
    }
}
