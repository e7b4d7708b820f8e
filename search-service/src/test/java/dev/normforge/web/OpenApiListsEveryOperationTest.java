package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class OpenApiListsEveryOperationTest extends ServiceUnderTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void everyMappedOperationIsDocumentedAndNoOther() {
        var mapped = new TreeSet<String>();
        mappings.getHandlerMethods().forEach((mapping, _) -> mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/v1/") && !pattern.startsWith("/api/v1/openapi"))
                .forEach(pattern -> mapping.getMethodsCondition().getMethods()
                        .forEach(method -> mapped.add(method.name().toLowerCase(Locale.ROOT) + " " + pattern))));
        var documented = new TreeSet<String>();
        var paths = read("/api/v1/openapi.json").get("paths");
        paths.propertyNames().forEach(path -> paths.get(path).propertyNames()
                .forEach(method -> documented.add(method + " " + path)));
        assertThat(documented).isEqualTo(mapped).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void anOrdersBodyIsDescribedFieldByField() {
        var document = read("/api/v1/openapi.json");
        var order = document.at("/components/schemas/SearchRequest/properties");
        assertThat(order.propertyNames()).contains("name", "preset", "spec", "seed", "budget", "data", "study", "arm",
                "random", "batchIndependent");
        assertThat(document.at("/components/schemas/SearchRequest/required").valueStream()
                .map(field -> field.stringValue())).contains("name");
        assertThat(document.at("/components/schemas/ComparisonRequest/properties").propertyNames())
                .containsExactlyInAnyOrder("name", "comparison", "spec", "seeds", "firstSeed", "minutes", "data");
    }

    @Test
    void whatIsNoJsonIsDocumentedAsWhatItIs() {
        var paths = read("/api/v1/openapi.json").get("paths");
        assertThat(
                paths.path("/api/v1/searches/{search}/candidates.csv").at("/get/responses/200/content").propertyNames())
                .containsExactly("text/csv;charset=UTF-8");
        Map.of("cells.csv", "text/csv;charset=UTF-8", "curves.csv", "text/csv;charset=UTF-8", "layers.csv",
                "text/csv;charset=UTF-8", "layers/{layer}.json", "application/json", "comparison.md",
                "text/markdown;charset=UTF-8", "plots/{plot}.svg", "image/svg+xml", "events", "text/event-stream",
                "result", "application/json")
                .forEach((document, type) -> assertThat(paths.path("/api/v1/comparisons/{comparison}/" + document)
                        .at("/get/responses/200/content").propertyNames()).as(document).containsExactly(type));
    }
}
