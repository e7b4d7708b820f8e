package dev.normforge.web;

import dev.normforge.protocol.SearchSpec;

/** What a search is called where nobody says: after what tells it from others. */
final class SearchNaming {

    /** A number may follow, and the whole has at most a hundred characters. */
    private static final int LONGEST = 80;

    private SearchNaming() {
    }

    static String base(SearchSpec spec) {
        var preset = spec.preset().replaceAll("[^A-Za-z0-9._-]", "");
        var what = "%s%s%s".formatted(preset.isEmpty() ? "search" : preset,
                spec.strategy().freshProbability() == 1 ? "-random" : "",
                spec.proxy().data().name().equals("synthetic") ? "-synthetic" : "");
        return "%s-seed%d".formatted(what.length() <= LONGEST ? what : what.substring(0, LONGEST), spec.seed());
    }
}
