package dev.normforge.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Where several specifications differ, field by field.
 *
 * @param rows only fields in which at least two of them differ
 */
public record SpecTable(List<Row> rows) {

    private static final int LONGEST = 60;

    /**
     * A field.
     *
     * @param field its path
     * @param values one for each specification, as JSON, cut where it is long
     */
    public record Row(String field, List<String> values) {
        public Row {
            values = List.copyOf(values);
        }
    }

    public SpecTable {
        rows = List.copyOf(rows);
    }

    /** Of specifications as JSON. One that an older program has written may lack fields: they are null. */
    public static SpecTable of(List<JsonNode> specs) {
        var rows = new LinkedHashMap<String, List<JsonNode>>();
        collect("", specs, rows);
        return new SpecTable(rows.entrySet().stream()
                .map(row -> new Row(row.getKey(), row.getValue().stream().map(SpecTable::shown).toList())).toList());
    }

    private static void collect(String path, List<JsonNode> values, Map<String, List<JsonNode>> rows) {
        if (values.stream().allMatch(JsonNode::isObject)) {
            var names = new TreeSet<String>();
            values.forEach(value -> names.addAll(value.propertyNames()));
            names.forEach(name -> collect(path.isEmpty() ? name : path + "." + name,
                    values.stream().map(value -> value.path(name)).toList(), rows));
        } else if (values.stream().allMatch(JsonNode::isArray)
                && values.stream().mapToInt(JsonNode::size).distinct().count() == 1) {
            for (int i = 0; i < values.getFirst().size(); i++) {
                int place = i;
                collect("%s[%d]".formatted(path, i), values.stream().map(value -> value.path(place)).toList(), rows);
            }
        } else if (!values.stream().allMatch(value -> SpecDifference.same(values.getFirst(), value))) {
            rows.put(path, new ArrayList<>(values));
        }
    }

    private static String shown(JsonNode value) {
        var text = value instanceof MissingNode ? "null" : value.isString() ? value.stringValue() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
