package dev.normforge.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all operations of the document have in common: the problems that each can answer. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    private static final String PROBLEM = "Problem";
    private static final String KEY = "key";

    @Bean
    OpenApiCustomizer everyOperationsProblems() {
        return document -> {
            document.info(new Info().title("NormForge").version("v1")
                    .description(
                            "Searches for normalization-activation layers. GET never changes anything; answers of GET "
                                    + "carry an entity tag, which `If-None-Match` may name."));
            document.getComponents().addSchemas(PROBLEM, problem()).addSecuritySchemes(KEY,
                    new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description(
                            "A key of `normforge keys create`, or the configured secret. Browsers have a cookie instead."));
            document.addSecurityItem(new SecurityRequirement().addList(KEY));
            document.getPaths().values().forEach(path -> path.readOperationsMap()
                    .forEach((method, operation) -> addProblems(document, method, operation)));
        };
    }

    private static void addProblems(OpenAPI document, PathItem.HttpMethod method, Operation operation) {
        var parameters = operation.getParameters();
        boolean named = parameters != null && parameters.stream().anyMatch(one -> "path".equals(one.getIn()));
        boolean reads = method == PathItem.HttpMethod.GET;
        boolean ordered = operation.getRequestBody() != null;
        if (reads) {
            operation.getResponses().addApiResponse("304",
                    new ApiResponse().description("what `If-None-Match` names still holds"));
        }
        if (parameters != null && !parameters.isEmpty() || ordered) {
            add(operation, "400", "a parameter or a field is not what was expected");
        }
        if (named) {
            add(operation, "404", "there is no such thing");
        }
        if (!answersAnyType(operation)) {
            add(operation, "406", "it cannot be had in that media type");
        }
        if (ordered) {
            add(operation, "413", "the body is too long");
            add(operation, "415", "the body is not JSON");
        }
        if (!reads) {
            add(operation, "403", "another site asked, or a viewer ordered");
            add(operation, "409", "it stands against what there is");
        }
        add(operation, "401", "nobody is logged in, or the key is not good");
        add(operation, "429", "too many failed logins from this address");
        add(operation, "421", "addressed by a name that is not this service's");
    }

    private static boolean answersAnyType(Operation operation) {
        return operation.getResponses().values().stream().map(ApiResponse::getContent)
                .anyMatch(content -> content != null && content.containsKey("*/*"));
    }

    /** Where an operation says itself what it means, that stands. */
    private static void add(Operation operation, String status, String description) {
        var responses = operation.getResponses();
        if (!responses.containsKey(status)) {
            responses.addApiResponse(status, new ApiResponse().description(description)
                    .content(new Content().addMediaType("application/problem+json", new MediaType()
                            .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
        }
    }

    /** RFC 9457, with the field that is at fault. */
    private static Schema<?> problem() {
        var problem = new Schema<>().types(Set.of("object"))
                .description(
                        "A problem (RFC 9457); where a field is at fault, its name, its value and what was expected.");
        for (var name : List.of("type", "title", "detail", "instance", "field", "value", "expected")) {
            problem.addProperty(name, new Schema<>().types(Set.of("string")));
        }
        problem.addProperty("status", new Schema<>().types(Set.of("integer")));
        return problem.required(List.of("title", "status"));
    }
}
