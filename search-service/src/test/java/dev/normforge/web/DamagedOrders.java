package dev.normforge.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Valid orders with damage that is the same for the same seed; now and then one stays whole. */
final class DamagedOrders {

    /** As JSON, or what only looks like it. */
    private static final List<String> VALUES = List.of("null", "true", "\"\"", "[]", "{}", "[null]", "{\"\":1}", "-1",
            "0", "-0.0", "1.5", "1e400", "-1e400", "1e-400", "1e308", "4.9e-324", "2147483648", "-2147483649",
            "9223372036854775808", "9".repeat(400), "0." + "1".repeat(400), "NaN", "-Infinity", "0x10", "01", "1.",
            "'a'", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"a\\r\\nSet-Cookie: a=b\"",
            "\"\u0001\"", "\"<img src=x onerror=alert(1)>\"", "\"=1+1\"", "\"'; drop table search; --\"",
            "\"../../../etc/passwd\"", "\"${jndi:ldap://localhost/a}\"", "\"%s%n%x\"", "{\"__proto__\":{\"a\":1}}",
            "{\"@class\":\"java.net.URL\"}", "\"" + "x".repeat(10_000) + "\"", "[".repeat(300) + "]".repeat(300),
            "[".repeat(2000) + "]".repeat(2000), "{\"a\":".repeat(400) + "1" + "}".repeat(400), "[".repeat(30_000),
            "\"resnet\"", "\"bn-relu\"", "\"synthetic\"", "100", "1", "0.5", "[0,0,0]", "[1e9]");
    private static final List<String> TYPES = List.of("text/plain", "application/xml", "text/html",
            "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "application/json; charset=utf-16",
            "application/json; charset=none-such", "application/problem+json", "*/*", "json", "application/", "a/b/c");
    private static final String PLACE = "the place of a value";

    private final Random random;
    private final List<String> valid;
    private int number;

    DamagedOrders(long seed, List<String> valid) {
        this.random = new Random(seed);
        this.valid = List.copyOf(valid);
    }

    /** @param type its Content-Type, which may be a lie */
    record Order(byte[] body, String type) {

        /** For the message of a failing test. */
        @Override
        public String toString() {
            var text = new String(body, UTF_8);
            return type + " " + text.substring(0, Math.min(2000, text.length()));
        }
    }

    Order next() {
        // Not taken yet, so that what is accepted leaves a row.
        var text = one(valid).replace("NAME", "fuzz-" + ++number);
        for (int damage = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2); damage > 0; damage--) {
            text = random.nextInt(3) == 0 ? damagedText(text) : damagedValue(text);
        }
        var type = random.nextInt(12) == 0 ? one(TYPES) : "application/json";
        return new Order(bytes(text), type);
    }

    private byte[] bytes(String text) {
        return switch (random.nextInt(40)) {
            case 0 -> text.getBytes(UTF_16);
            case 1 -> ("\ufeff" + text).getBytes(UTF_8);
            case 2 -> (text + "ÿþ").getBytes(ISO_8859_1);
            case 3 -> noise(text.getBytes(UTF_8));
            default -> text.getBytes(UTF_8);
        };
    }

    private byte[] noise(byte[] bytes) {
        for (int i = random.nextInt(4); bytes.length > 0 && i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Some field or element becomes another one, vanishes or comes twice. */
    private String damagedValue(String text) {
        JsonNode tree;
        try {
            tree = ServiceUnderTest.JSON.readTree(text);
        } catch (RuntimeException alreadyDamaged) {
            return damagedText(text);
        }
        var containers = new ArrayList<JsonNode>();
        collect(tree, containers);
        if (containers.isEmpty()) {
            return damagedText(text);
        }
        switch (containers.get(random.nextInt(Math.min(containers.size(), random.nextBoolean() ? 3 : 1000)))) {
            case ObjectNode object -> {
                var name = one(new ArrayList<>(object.propertyNames()));
                switch (random.nextInt(5)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.put(one(List.of("nam", "__proto__", "", "x".repeat(5000), "\u0000")), PLACE);
                    default -> object.put(name, PLACE);
                }
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), PLACE);
            default -> throw new IllegalStateException("no container");
        }
        return tree.toString().replace('"' + PLACE + '"', one(VALUES));
    }

    private static void collect(JsonNode node, List<JsonNode> found) {
        if (node.isContainer() && !node.isEmpty()) {
            found.add(node);
            node.values().forEach(child -> collect(child, found));
        }
    }

    private String damagedText(String text) {
        if (text.isEmpty()) {
            return one(VALUES);
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(40));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> text.substring(0, from) + one(VALUES) + text.substring(to);
            case 4 -> text.replaceFirst("\\{", "{\"name\":\"twice\",");
            default -> text + one(List.of("{}", ",", "\u0000", " null", "]"));
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Whole orders of every kind, {@code NAME} standing for a name. */
    static List<String> searches(String spec) {
        return Arrays.asList("{\"name\":\"NAME\",\"preset\":\"smoke\",\"seed\":3,\"budget\":{\"minutes\":1.5,"
                + "\"candidates\":10,\"steps\":100},\"data\":\"synthetic\",\"study\":\"s\",\"arm\":\"a\","
                + "\"random\":false,\"batchIndependent\":true}",
                "{\"name\":\"NAME\",\"spec\":%s}".formatted(spec));
    }

    static List<String> comparisons(String spec) {
        return List.of("{\"name\":\"NAME\",\"comparison\":\"frozen\",\"seeds\":2,\"firstSeed\":5,\"minutes\":1,"
                + "\"data\":\"synthetic\"}",
                "{\"name\":\"NAME\",\"seeds\":1,\"spec\":%s}".formatted(spec));
    }
}
