package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The published schema and the reader accept and refuse the same documents; references to later nodes aside. */
class LayerSchemaAgreesWithReaderTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(LayerSchemaAgreesWithReaderTest.class.getResourceAsStream("/layer.schema.json"));
    private static final String[] FRAGMENTS = {"32", "32.0", "2.5", "0", "4096", "4097", "-1", "null", "true", "\"x\"",
            "[]", "{}", "1e-5", "1", "1.5", "\"zero\"", "\"v2\"", "\"n1\"", "\"n0\"", "\"n01\"", "\"\"",
            "[\"x\"]", "[\"x\", \"x\"]", "[\"x\", \"x\", \"x\"]", "\"add\"", "\"std\"", "\"relu\"", "\"neg\"",
            "\"bwh\"",
            "\"whc/g\"", "\"normforge.layer/1\"", "{\"op\": \"neg\", \"in\": [\"x\"]}",
            "[{\"op\": \"neg\", \"in\": [\"x\"]}]"};
    private static final Pattern VALUE = Pattern.compile(": (\"[^\"]*\"|[-0-9.e]+|\\[\"[^\\]]*\\])");
    private static final Pattern FIELD = Pattern.compile("\"(format|groups|epsilon|nodes|op|over|in)\":");

    @Test
    void onNamedAndRandomLayers() {
        for (var name : NamedLayers.names()) {
            assertAgree(GraphJson.write(new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT)), true);
        }
        var random = new SplittableRandom(81);
        for (int i = 0; i < 100; i++) {
            assertAgree(GraphJson.write(new Layer(RandomGraphs.draw(random, 1 + random.nextInt(64)),
                    Numerics.DEFAULT)), true);
        }
    }

    /** One value replaced, one field renamed or removed: 2,000 times. */
    @Test
    void onDamagedLayers() {
        var random = new SplittableRandom(82);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            var json = GraphJson.write(new Layer(RandomGraphs.draw(random, 1 + random.nextInt(5)), Numerics.DEFAULT));
            var damaged = switch (random.nextInt(3)) {
                case 0 -> replaceOne(json, VALUE, ": " + FRAGMENTS[random.nextInt(FRAGMENTS.length)], random);
                case 1 -> replaceOne(json, FIELD, random.nextBoolean() ? "\"extra\":" : "\"over\":", random);
                default -> replaceOne(json, Pattern.compile("\"(groups|epsilon|over|op)\": [^,]*, "), "", random);
            };
            refused += assertAgree(damaged, null) ? 0 : 1;
        }
        assertThat(refused).isBetween(800, 1900);
    }

    private static String replaceOne(String json, Pattern what, String by, SplittableRandom random) {
        var found = what.matcher(json).results().toList();
        var chosen = found.get(random.nextInt(found.size()));
        return json.substring(0, chosen.start()) + by + json.substring(chosen.end());
    }

    private static boolean assertAgree(String json, @Nullable Boolean expected) {
        boolean valid;
        try {
            valid = SCHEMA.validate(json, InputFormat.JSON).isEmpty();
        } catch (RuntimeException e) {
            valid = false; // not JSON any more, a key twice for example
        }
        String refusal = null;
        try {
            GraphJson.read(json);
        } catch (IllegalArgumentException e) {
            refusal = e.getMessage();
        }
        boolean beyondSchema = refusal != null
                && (refusal.matches("nodes\\[\\d+]\\.in\\[\\d+] is \"n\\d+\".*") || refusal.contains("Duplicate"));
        if (!beyondSchema) {
            assertThat(refusal == null).as("reader says %s of %s", refusal, json).isEqualTo(valid);
        }
        if (expected != null) {
            assertThat(valid).as(json).isEqualTo(expected);
        }
        return refusal == null;
    }
}
