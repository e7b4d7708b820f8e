package dev.normforge.export;

/** What every generated program begins with: its licence, and where its layer comes from. */
final class Header {

    private Header() {
    }

    /** Comment lines of Python; nothing in them was chosen freely by a user. */
    static String of(Provenance provenance) {
        return "# SPDX-License-Identifier: Apache-2.0\n" + switch (provenance) {
            case Provenance.Published(var layer, var source) -> "# %s: %s.\n".formatted(layer, source);
            case Provenance.Unknown() -> "";
            case Provenance.Searched(var found) -> "# %s\n".formatted(origin(found));
        };
    }

    private static String origin(Found found) {
        int mutations = found.lineage().size() - 1;
        var ancestor = mutations < 1
                ? "a random graph"
                : "%d %s from the random birth %d".formatted(mutations, mutations == 1 ? "mutation" : "mutations",
                        found.lineage().getFirst().birth());
        return "Birth %d of search %s, %s; lineage and evidence are in provenance.json.".formatted(found.birth(),
                found.search(), ancestor);
    }
}
