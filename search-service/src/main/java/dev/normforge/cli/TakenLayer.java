package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.cli.RunningService.Role;
import dev.normforge.embedded.EmbeddedPostgres;
import dev.normforge.export.Provenance;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.report.Provenances;
import dev.normforge.report.Report;
import dev.normforge.report.Reports;
import dev.normforge.search.SearchSummary;
import dev.normforge.search.Searches;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * LAYER on a command line where it may also come from a search: {@code SEARCH} for its best confirmed layer, or
 * {@code SEARCH/BIRTH}.
 *
 * @param title what its class is named after
 */
record TakenLayer(String title, Layer layer, Provenance provenance) {

    private static final Pattern OF_SEARCH = Pattern
            .compile("(?<search>[A-Za-z0-9._-]{1,100})(/(birth-)?(?<birth>[0-9]{1,9}))?");

    /**
     * A name wins over a file, and a file over a search; {@code ./name} means the file.
     *
     * @throws UserError if it is none of them, or a search without that birth or without a confirmed layer
     */
    static TakenLayer of(String given, Path home, Optional<String> database) {
        var source = OF_SEARCH.matcher(given);
        boolean local = NamedLayers.find(given).isPresent() || NativeLayer.find(given).isPresent() || isPath(given);
        if (local || !source.matches()) {
            return ofThisMachine(given);
        }
        if (database.isEmpty() && !EmbeddedPostgres.isIn(home)) {
            throw new UserError(
                    "layer is %s, expected a layer file, one of %s, or SEARCH/BIRTH: no search has run in %s"
                            .formatted(given, String.join(", ", NamedLayers.names()), home));
        }
        try (var service = RunningService.start(new Place(home, database, 0, 0, Role.LOOK))) {
            var search = search(service.get(Searches.class), given, source.group("search"));
            var birth = source.group("birth");
            return found(service.get(Provenances.class), search,
                    birth == null ? best(service.get(Reports.class), search) : Integer.parseInt(birth));
        }
    }

    private static TakenLayer ofThisMachine(String given) {
        var found = LayerArgument.ofGraph(given);
        boolean named = NamedLayers.find(given).isPresent();
        return new TakenLayer(stem(given), found.layer(),
                named ? new Provenance.Published(given, NamedLayers.source(given)) : new Provenance.Unknown());
    }

    private static boolean isPath(String given) {
        try {
            return Files.exists(Path.of(given));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static SearchSummary search(Searches searches, String given, String name) {
        return searches.find(name).orElseThrow(() -> new UserError(
                "layer is %s, expected a layer file, one of %s, or SEARCH/BIRTH of a search: %s".formatted(given,
                        String.join(", ", NamedLayers.names()), new SearchNames(searches).known())));
    }

    private static int best(Reports reports, SearchSummary search) {
        return reports.find(search.id().value()).stream().flatMap(report -> report.confirmed().stream())
                .map(Report.Entry::birth).findFirst().orElseThrow(() -> new UserError(
                        "layer is %s, a search that has confirmed no layer, expected SEARCH/BIRTH, for example %1$s/12"
                                .formatted(search.name())));
    }

    private static TakenLayer found(Provenances provenances, SearchSummary search, int birth) {
        var traced = provenances.find(search.id().value(), birth).orElseThrow(() -> new UserError(
                "layer is %s/%d, expected a birth from 0 to %d".formatted(search.name(), birth, search.births() - 1)));
        return new TakenLayer("%s-birth-%d".formatted(search.name(), birth), traced.layer(),
                new Provenance.Searched(traced.found()));
    }

    private static String stem(String given) {
        var file = Path.of(given).getFileName();
        var text = file == null ? given : file.toString();
        return text.endsWith(".json") ? text.substring(0, text.length() - ".json".length()) : text;
    }
}
