package dev.normforge.protocol;

import static dev.normforge.graph.StrictJson.below;
import static dev.normforge.graph.StrictJson.wrong;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.normforge.graph.GraphJson;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.StrictJson;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * From a JSON tree to records, sealed interfaces of records, lists, enumerations, numbers and graphs. A field may be null
 * or missing only where its component is {@link Nullable}.
 */
final class RecordJson {

    /** Looked up once for each record: a result of a comparison has a hundred thousand of them. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private record Component(String name, Class<?> type, Type generic, boolean nullable) {
    }

    private record Shape(List<Component> components, Constructor<?> constructor) {

        static Shape of(Class<?> type) {
            var components = type.getRecordComponents();
            try {
                var constructor = type.getDeclaredConstructor(
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(Stream.of(components).map(one -> new Component(one.getName(), one.getType(),
                        one.getGenericType(), one.getAnnotatedType().isAnnotationPresent(Nullable.class))).toList(),
                        constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("constructor of " + type, e);
            }
        }
    }

    private RecordJson() {
    }

    static Object read(JsonNode json, Type type, String path) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(json, list.getActualTypeArguments()[0], path);
        }
        if (!(type instanceof Class<?> wanted)) {
            throw new IllegalStateException("no JSON for " + type);
        }
        if (wanted == LayerGraph.class) {
            return GraphJson.readNodes(json, path);
        }
        if (wanted.isRecord()) {
            return record(json, wanted, path, List.of());
        }
        if (wanted.isEnum()) {
            return constant(json, wanted, path);
        }
        return wanted.isSealed() ? variant(json, wanted, path) : scalar(json, wanted, path);
    }

    private static List<Object> list(JsonNode json, Type element, String path) {
        if (!json.isArray()) {
            throw wrong(path, json, "a list");
        }
        var all = new ArrayList<>();
        for (var item : json) {
            all.add(read(item, element, "%s[%d]".formatted(path, all.size())));
        }
        return all;
    }

    private static Object record(JsonNode json, Class<?> type, String path, List<String> besides) {
        var shape = SHAPES.get(type);
        var known = Stream.concat(besides.stream(), shape.components().stream().map(Component::name)).toList();
        StrictJson.requireKnown(path, json, known);
        var values = shape.components().stream().map(component -> component(json, component, path)).toArray();
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refusal(path, refused);
            }
            throw new IllegalStateException("constructor of " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("constructor of " + type, e);
        }
    }

    private static @Nullable Object component(JsonNode json, Component component, String path) {
        var value = json.get(component.name());
        var itsPath = below(path, component.name());
        if (value != null && !value.isNull()) {
            return read(value, component.generic(), itsPath);
        }
        if (component.nullable()) {
            return null;
        }
        throw new IllegalArgumentException("%s is %s, expected %s".formatted(itsPath,
                value == null ? "missing" : "null", expectation(component.type())));
    }

    /** A constructor names its field; which of several records of its kind it is, the path says. */
    private static IllegalArgumentException refusal(String path, IllegalArgumentException refused) {
        var message = String.valueOf(refused.getMessage());
        boolean located = path.isEmpty() || message.startsWith(path);
        return new IllegalArgumentException(located ? message : "%s: %s".formatted(path, message), refused);
    }

    private static Object constant(JsonNode json, Class<?> type, String path) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> json.isString() && ((Enum<?>) constant).name().equals(json.stringValue()))
                .findFirst()
                .orElseThrow(() -> wrong(path, json, expectation(type)));
    }

    private static Object variant(JsonNode json, Class<?> type, String path) {
        var field = discriminator(type);
        if (!json.isObject()) {
            throw wrong(path, json, expectation(type));
        }
        var kind = StrictJson.required(path, json, field, expectation(type));
        var chosen = variants(type).filter(v -> kind.isString() && v.name().equals(kind.stringValue())).findFirst()
                .orElseThrow(() -> wrong(below(path, field), kind, expectation(type)));
        return record(json, chosen.value(), path, List.of(field));
    }

    static String discriminator(Class<?> sealedType) {
        return sealedType.getAnnotation(JsonTypeInfo.class).property();
    }

    static Stream<JsonSubTypes.Type> variants(Class<?> sealedType) {
        return Stream.of(sealedType.getAnnotation(JsonSubTypes.class).value());
    }

    private static Object scalar(JsonNode json, Class<?> type, String path) {
        if (type == String.class && json.isString()) {
            return json.stringValue();
        }
        if ((type == boolean.class || type == Boolean.class) && json.isBoolean()) {
            return json.booleanValue();
        }
        if ((type == int.class || type == Integer.class) && json.isIntegralNumber() && json.canConvertToInt()) {
            return json.intValue();
        }
        if ((type == long.class || type == Long.class) && json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        if (type == double.class || type == Double.class) {
            // Four hundred digits are a number, but no double.
            double number = json.isNumber() ? json.doubleValue(Double.NaN) : Double.NaN;
            if (Double.isFinite(number)) {
                return number;
            }
            if (json.isString() && List.of("NaN", "Infinity", "-Infinity").contains(json.stringValue())) {
                return Double.valueOf(json.stringValue());
            }
        }
        throw wrong(path, json, expectation(type));
    }

    private static String expectation(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(Object::toString)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type.isSealed() && type.isAnnotationPresent(JsonSubTypes.class)) {
            return variants(type).map(JsonSubTypes.Type::name)
                    .collect(Collectors.joining(", ", "%s as one of ".formatted(discriminator(type)), ""));
        }
        if (type == List.class || type == LayerGraph.class) {
            return "a list";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a text";
            default -> "an object";
        };
    }
}
