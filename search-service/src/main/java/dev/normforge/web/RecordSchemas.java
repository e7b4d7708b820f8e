package dev.normforge.web;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What the document says of records, read off the records: a component is null only where it is {@link Nullable}, and an answer
 * has all of them. Orders say themselves what they need.
 */
@Component
class RecordSchemas extends ModelResolver {

    private static final String REFERENCE = "#/components/schemas/";

    /** Nested records go by the name of what they are nested in, too: {@code CandidateViewScores}, not one of several {@code Scores}. */
    private static final class Names extends TypeNameResolver {
        @Override
        protected String getNameOfClass(Class<?> type) {
            var enclosing = type.getEnclosingClass();
            return enclosing == null ? type.getSimpleName() : getNameOfClass(enclosing) + type.getSimpleName();
        }
    }

    RecordSchemas() {
        super(Json31.mapper(), new Names());
        openapi31(true);
    }

    @Override
    public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context,
            Iterator<ModelConverter> chain) {
        var raw = Json31.mapper().constructType(type.getType());
        Schema<?> schema = super.resolve(type, context, chain);
        if (schema != null && raw.getRawClass().isRecord()) {
            describe(raw, defined(schema, context));
        }
        return schema;
    }

    private static Schema<?> defined(Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        var model = reference == null ? null : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        return model == null ? schema : model;
    }

    private static void describe(JavaType type, Schema<?> schema) {
        var properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        boolean order = isOrder(type.getRawClass());
        for (var component : type.getRawClass().getRecordComponents()) {
            var property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            if (!order && (schema.getRequired() == null || !schema.getRequired().contains(component.getName()))) {
                schema.addRequiredItem(component.getName());
            }
            if (component.getType() == JsonNode.class) {
                property = new Schema<>().types(Set.of("object"));
                properties.put(component.getName(), property);
            }
            if (mayBeNull(component)) {
                properties.put(component.getName(), orNull(property));
            }
        }
    }

    private static boolean isOrder(Class<?> record) {
        var enclosing = record.getEnclosingClass();
        return record.getSimpleName().endsWith("Request") || enclosing != null && isOrder(enclosing);
    }

    private static boolean mayBeNull(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Done twice, it is as done once: models are met again and again. */
    private static Schema<?> orNull(Schema<?> property) {
        if (property.getAnyOf() != null) {
            return property;
        }
        if (property.get$ref() != null || property.getEnum() != null) {
            return new Schema<>().addAnyOfItem(property).addAnyOfItem(new Schema<>().types(Set.of("null")));
        }
        var types = new LinkedHashSet<String>();
        if (property.getTypes() != null) {
            types.addAll(property.getTypes());
        } else if (property.getType() != null) {
            types.add(property.getType());
        }
        types.add("null");
        property.setTypes(types);
        return property;
    }
}
