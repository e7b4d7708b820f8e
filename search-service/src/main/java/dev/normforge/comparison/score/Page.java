package dev.normforge.comparison.score;

import java.util.List;

/**
 * A table's subject: one anchor, or the mean over several that are counted alike.
 *
 * @param title its anchor's name, or how many it averages over
 */
public record Page(String title, Unit unit, List<String> anchors) {

    public Page {
        anchors = List.copyOf(anchors);
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("anchors is [], expected at least one");
        }
    }

    static Page of(String anchor, Unit unit) {
        return new Page(anchor, unit, List.of(anchor));
    }

    static Page mean(List<String> anchors) {
        return new Page("mean over %d anchors".formatted(anchors.size()), Unit.ACCURACY, anchors);
    }

    public boolean averages() {
        return anchors.size() > 1;
    }

    /** As file names have it. */
    public String file() {
        return averages() ? "mean" : anchors.getFirst();
    }
}
