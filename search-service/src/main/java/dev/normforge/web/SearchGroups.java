package dev.normforge.web;

import dev.normforge.report.SearchView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Which searches differ in luck alone: those of one arm of a study; of the others those whose specifications differ in the
 * seed alone.
 *
 * @param names of the groups, in the order of their first search
 * @param of each search, the place of its group
 */
record SearchGroups(List<String> names, List<Integer> of) {

    SearchGroups {
        names = List.copyOf(names);
        of = List.copyOf(of);
    }

    /** @param specs of the searches, in their order */
    static SearchGroups of(List<SearchView> searches, List<JsonNode> specs) {
        var members = new LinkedHashMap<Object, List<Integer>>();
        for (int i = 0; i < searches.size(); i++) {
            members.computeIfAbsent(key(searches.get(i), specs.get(i)), _ -> new ArrayList<>()).add(i);
        }
        var groups = List.copyOf(members.values());
        boolean oneStudy = searches.stream().map(search -> String.valueOf(search.study())).distinct().count() == 1;
        var names = new ArrayList<String>();
        for (var group : groups) {
            var first = searches.get(group.getFirst());
            var name = name(first, specs.get(group.getFirst()), group.size(), oneStudy);
            names.add(names.contains(name) ? "%s, as %s".formatted(name, first.name()) : name);
        }
        return new SearchGroups(names, IntStream.range(0, searches.size())
                .mapToObj(i -> IntStream.range(0, groups.size()).filter(g -> groups.get(g).contains(i)).findFirst()
                        .orElseThrow())
                .toList());
    }

    private static Object key(SearchView search, JsonNode spec) {
        return search.study() == null && search.arm() == null
                ? Specifications.withoutSeed(spec)
                : List.of(String.valueOf(search.study()), String.valueOf(search.arm()));
    }

    private static String name(SearchView first, JsonNode spec, int size, boolean oneStudy) {
        if (first.arm() != null) {
            return oneStudy || first.study() == null ? first.arm() : "%s / %s".formatted(first.study(), first.arm());
        }
        if (first.study() != null) {
            return oneStudy ? "no arm" : first.study();
        }
        return size == 1
                ? first.name()
                : "%s%s, %d seeds".formatted(first.preset(), Specifications.isRandom(spec) ? ", random" : "", size);
    }
}
