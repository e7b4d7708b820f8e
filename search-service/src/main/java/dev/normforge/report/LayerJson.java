package dev.normforge.report;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** A layer inside a report is written exactly as in its own file. */
final class LayerJson {

    private static final JsonMapper PLAIN = JsonMapper.shared();

    private LayerJson() {
    }

    static SimpleModule module() {
        return new SimpleModule("layers").addSerializer(Layer.class, new Writing()).addDeserializer(Layer.class,
                new Reading());
    }

    private static final class Writing extends ValueSerializer<Layer> {
        @Override
        public void serialize(Layer layer, JsonGenerator generator, SerializationContext context) {
            generator.writePOJO(PLAIN.readTree(GraphJson.write(layer)));
        }
    }

    private static final class Reading extends ValueDeserializer<Layer> {
        @Override
        public Layer deserialize(JsonParser parser, DeserializationContext context) {
            return GraphJson.read(context.readTree(parser).toString());
        }
    }
}
