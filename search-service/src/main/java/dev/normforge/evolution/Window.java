package dev.normforge.evolution;

import java.util.ArrayList;
import java.util.List;

/**
 * The youngest scored arrivals, oldest first; ageing is that the oldest leaves.
 *
 * @param capacity most members
 * @param members at most {@code capacity}
 * @param scored how many layers have been scored in all, those that left included
 */
public record Window(int capacity, List<Member> members, int scored) {

    public Window {
        members = List.copyOf(members);
    }

    public static Window empty(int capacity) {
        return new Window(capacity, List.of(), 0);
    }

    public Window after(Member arrived) {
        var next = new ArrayList<>(members);
        next.add(arrived);
        return new Window(capacity, next.subList(Math.max(0, next.size() - capacity), next.size()), scored + 1);
    }
}
