package dev.normforge.web;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.search.Forecasts;
import dev.normforge.search.NameTakenException;
import dev.normforge.search.SearchId;
import dev.normforge.search.Searches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds all that is wrong with an order to search, and writes nothing. Whatever reads an order refuses the first fault: here
 * the faulty value then gives way to the preset's, and the order is read again.
 */
@Component
class OrderChecks {

    /** Who has more mistakes than these mends some of them first. */
    private static final int MOST = 20;
    private static final String NO_NAME_YET = "unnamed";
    /** What an order calls {@code data}. */
    private static final String DATA = "proxy.data.name";

    private final Searches searches;
    private final Forecasts forecasts;
    private final JsonMapper json;

    OrderChecks(Searches searches, Forecasts forecasts, JsonMapper json) {
        this.searches = searches;
        this.forecasts = forecasts;
        this.json = json;
    }

    private record Sound(SearchSpec spec, Optional<SearchId> existing) {
    }

    OrderCheck of(Fields fields) {
        var order = (ObjectNode) fields.object();
        var base = base(order);
        boolean named = order.has("name");
        if (!named) {
            order.put("name", NO_NAME_YET);
        }
        var problems = new ArrayList<OrderCheck.Problem>();
        Sound sound = null;
        while (sound == null && problems.size() < MOST) {
            try {
                sound = read(order, named);
            } catch (Refusal refusal) {
                var field = refusal.field();
                boolean again = problems.stream().anyMatch(one -> one.field() != null && one.field().equals(field));
                if (!again) {
                    problems.add(new OrderCheck.Problem(field, refusal.value(), refusal.expected(),
                            String.valueOf(refusal.getMessage())));
                }
                if (again || field == null || !mended(order, field, base)) {
                    break;
                }
                named &= !field.equals("name");
            }
        }
        return answer(sound, problems, base);
    }

    private Sound read(ObjectNode order, boolean named) {
        try {
            var request = SearchRequest.read(new Fields("", order));
            var spec = request.resolved();
            return new Sound(spec, named
                    ? searches.foresee(request.name(), spec, request.study(), request.arm())
                    : Optional.empty());
        } catch (NameTakenException taken) {
            throw Refusal.taken(order.path("name").asString(""), String.valueOf(taken.getMessage()));
        } catch (IllegalArgumentException refused) {
            throw Refusal.of(refused);
        }
    }

    private OrderCheck answer(@Nullable Sound sound, List<OrderCheck.Problem> problems, JsonNode base) {
        var spec = sound == null ? ProtocolJson.read(base.toString(), SearchSpec.class) : sound.spec();
        var free = searches.freeName(SearchNaming.base(spec));
        if (sound == null || !problems.isEmpty()) {
            return new OrderCheck(problems, free, null, null, null);
        }
        return new OrderCheck(problems, free, sound.existing().map(id -> searches.get(id).name()).orElse(null),
                json.readTree(ProtocolJson.write(spec)), forecasts.of(spec));
    }

    /** The preset that the order goes out from: what stands for a faulty value while the others are looked at. */
    private JsonNode base(ObjectNode order) {
        var asked = order.path("preset").asString(order.path("spec").path("preset").asString(""));
        return json.readTree(
                ProtocolJson.write(Presets.read(Presets.names().contains(asked) ? asked : Presets.names().getFirst())));
    }

    private static boolean mended(ObjectNode order, String field, JsonNode base) {
        if (field.equals("name")) {
            return !order.put("name", NO_NAME_YET).isEmpty();
        }
        if (field.equals(DATA) && order.has("data")) {
            return order.remove("data") != null;
        }
        return order.at(pointer(field)).isMissingNode()
                ? order.get("spec") instanceof ObjectNode spec && replaced(spec, field, base)
                : removed(order, field);
    }

    /** With the last of them the object goes, too: it would be a fault that nobody made. */
    private static boolean removed(ObjectNode order, String field) {
        if (!(parent(order, field) instanceof ObjectNode parent) || parent.remove(last(field)) == null) {
            return false;
        }
        if (parent.isEmpty() && field.contains(".")) {
            order.remove(field.substring(0, field.indexOf('.')));
        }
        return true;
    }

    /** As far down as both have objects: of a list all of it. */
    private static boolean replaced(ObjectNode spec, String field, JsonNode base) {
        var whole = field.replaceFirst("\\[.*", "");
        if (!(parent(spec, whole) instanceof ObjectNode parent)) {
            int dot = whole.lastIndexOf('.');
            return dot > 0 && replaced(spec, whole.substring(0, dot), base);
        }
        var other = base.at(pointer(whole));
        if (other.isMissingNode()) {
            return parent.remove(last(whole)) != null;
        }
        parent.set(last(whole), other);
        return true;
    }

    private static JsonNode parent(JsonNode object, String field) {
        int dot = field.lastIndexOf('.');
        return dot < 0 ? object : object.at(pointer(field.substring(0, dot)));
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private static String pointer(String field) {
        return "/" + field.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }
}
