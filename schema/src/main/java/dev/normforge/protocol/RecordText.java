package dev.normforge.protocol;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.LayerGraph;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** From records to canonical JSON: fields in the order of components, nulls written, no spaces that depend on anything. */
final class RecordText {

    private RecordText() {
    }

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case LayerGraph graph -> GraphJson.writeNodes(graph);
            case String text -> quoted(text);
            case Enum<?> constant -> quoted(constant.name());
            case Double number when !Double.isFinite(number) -> quoted(number.toString());
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case List<?> list -> joined("[", list.stream().map(RecordText::of).toList(), "]");
            case Record row -> record(row);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static String record(Record row) {
        var fields = new ArrayList<String>();
        for (var type : row.getClass().getInterfaces()) {
            if (type.isSealed()) {
                RecordJson.variants(type).filter(variant -> variant.value() == row.getClass()).forEach(
                        variant -> fields.add(field(RecordJson.discriminator(type), quoted(variant.name()))));
            }
        }
        for (var component : row.getClass().getRecordComponents()) {
            fields.add(field(component.getName(), of(value(row, component))));
        }
        return joined("{", fields, "}");
    }

    private static @Nullable Object value(Record row, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("component " + component, e);
        }
    }

    private static String field(String name, String value) {
        return quoted(name) + ": " + value;
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    private static String joined(String open, List<String> parts, String close) {
        return open + String.join(", ", parts) + close;
    }
}
