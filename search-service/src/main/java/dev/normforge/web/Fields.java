package dev.normforge.web;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object, read strictly: every refusal names the field by its path, the value and what was expected. */
record Fields(String path, JsonNode object) {

    Fields {
        if (!object.isObject()) {
            throw Refusal.badField(path.isEmpty() ? "body" : path, object, "a JSON object");
        }
    }

    /** @param known an unknown field is most likely a misspelt one, so it is refused rather than ignored */
    void onlyThese(Set<String> known) {
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.badField(at(Refusal.shortened(name)), object.get(name),
                        "no such field; there are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    @Nullable
    String text(String name) {
        var value = value(name);
        if (value != null && !(value.isString() && value.stringValue().codePoints().allMatch(Fields::printable))) {
            throw Refusal.badField(at(name), value, "a text without control characters");
        }
        return value == null ? null : value.stringValue();
    }

    /** Neither a control character nor half of a surrogate pair, which databases refuse. */
    private static boolean printable(int letter) {
        return !Character.isISOControl(letter) && Character.getType(letter) != Character.SURROGATE;
    }

    String requiredText(String name) {
        var text = text(name);
        if (text == null) {
            throw Refusal.badField(at(name), "missing", "a text");
        }
        return text;
    }

    @Nullable
    Long whole(String name, long most) {
        var value = value(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong() && value.longValue() <= most)) {
            throw Refusal.badField(at(name), value, "an integer of at most " + most);
        }
        return value == null ? null : value.longValue();
    }

    @Nullable
    Integer count(String name) {
        var value = value(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw Refusal.badField(at(name), value, "an integer of at most " + Integer.MAX_VALUE);
        }
        return value == null ? null : value.intValue();
    }

    @Nullable
    Double real(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        // Four hundred digits are a number, but no double.
        double number = value.isNumber() ? value.doubleValue(Double.NaN) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw Refusal.badField(at(name), value, "a number");
        }
        return number;
    }

    boolean flag(String name) {
        var value = value(name);
        if (value != null && !value.isBoolean()) {
            throw Refusal.badField(at(name), value, "true or false");
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    JsonNode object(String name) {
        var fields = fields(name);
        return fields == null ? null : fields.object();
    }

    @Nullable
    Fields fields(String name) {
        var value = value(name);
        return value == null ? null : new Fields(at(name), value);
    }

    private @Nullable JsonNode value(String name) {
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
