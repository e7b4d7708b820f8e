package dev.normforge.front;

import java.util.ArrayList;
import java.util.List;

/**
 * The layers that no other layer dominates, in order of arrival. Layers with equal scores stay side by side.
 *
 * @param members none dominates another
 */
public record ParetoFront(List<Entrant> members) {

    public static final ParetoFront EMPTY = new ParetoFront(List.of());

    public ParetoFront {
        members = List.copyOf(members);
    }

    /** The front of all these layers. */
    public static ParetoFront of(List<Entrant> layers) {
        var front = EMPTY;
        for (var layer : layers) {
            front = front.after(layer).front();
        }
        return front;
    }

    /**
     * What an arrival changes.
     *
     * @param front afterwards
     * @param entered whether the arrival stands on it
     * @param displaced births that left because the arrival dominates them, in order of their arrival
     */
    public record Change(ParetoFront front, boolean entered, List<Integer> displaced) {
        public Change {
            displaced = List.copyOf(displaced);
        }
    }

    public Change after(Entrant arrived) {
        var staying = new ArrayList<Entrant>();
        var displaced = new ArrayList<Integer>();
        for (var member : members) {
            if (member.scores().dominates(arrived.scores())) {
                return new Change(this, false, List.of());
            }
            if (arrived.scores().dominates(member.scores())) {
                displaced.add(member.birth());
            } else {
                staying.add(member);
            }
        }
        staying.add(arrived);
        return new Change(new ParetoFront(staying), true, displaced);
    }

    /** The share of the unit cube of accuracies that the front dominates, reference point 0 on every anchor; 0 when empty. */
    public double hypervolume() {
        return Hypervolume.of(
                members.stream().map(member -> accuracies(member.scores())).toList());
    }

    private static double[] accuracies(Scores scores) {
        return scores.anchors().stream().mapToDouble(count -> count.accuracy()).toArray();
    }
}
