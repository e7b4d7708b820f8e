package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** {@code layer.mmd} read by Mermaid itself, in a real browser where one is installed (Debian: chromium and chromium-driver). */
class MermaidRefusesDrawingsTest {

    private static final String PARSE = """
            const [texts, done] = arguments;
            (async () => {
              const refused = [];
              for (const [name, text] of Object.entries(texts)) {
                try {
                  const found = await mermaid.parse(text);
                  if (found.diagramType !== 'flowchart-v2') refused.push(`${name} is ${found.diagramType}`);
                } catch (error) {
                  refused.push(`${name}: ${error.message}`);
                }
              }
              return refused;
            })().then(done, error => done([String(error)]));
            """;
    private static final String DRAW = """
            const [text, done] = arguments;
            mermaid.render('drawn', text).then(({svg}) => {
              document.body.innerHTML = svg;
              done(['.node', '.edgeLabel .edgeLabel'].map(part => [...document.querySelectorAll(part)]
                .map(found => found.textContent.trim()).filter(label => label)));
            }, error => done(String(error)));
            """;

    @TempDir
    private Path folder;

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;

    @BeforeEach
    void open() throws IOException {
        var version = new Properties();
        try (var in = resource("/META-INF/maven/org.webjars.npm/mermaid/pom.properties")) {
            version.load(in);
        }
        try (var in = resource("/META-INF/resources/webjars/mermaid/%s/dist/mermaid.min.js"
                .formatted(version.getProperty("version")))) {
            Files.copy(in, folder.resolve("mermaid.js"));
        }
        var page = Files.writeString(folder.resolve("page.html"),
                "<!doctype html><meta charset=\"utf-8\"><title>Mermaid</title><script src=\"mermaid.js\"></script><body>");
        browser = chromium.driver();
        browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
        browser.get(page.toUri().toString());
        browser.executeScript("mermaid.initialize({startOnLoad: false})");
    }

    private InputStream resource(String path) {
        return Objects.requireNonNull(getClass().getResourceAsStream(path), path);
    }

    @Test
    void everyDrawingIsAFlowchart() {
        var texts = new LinkedHashMap<String, String>();
        ExportedLayers.all().forEach((name, layer) -> texts.put(name, Drawings.mermaid(layer.graph())));
        assertThat(texts.values()).as("some have unused nodes").anyMatch(text -> text.contains("classDef unused"));
        assertThat((List<?>) browser.executeAsyncScript(PARSE, texts)).isEmpty();
        var broken = texts.firstEntry().getValue().replaceFirst("\\[", "[[(");
        assertThat((List<?>) browser.executeAsyncScript(PARSE, Map.of("broken", broken))).hasSize(1);
    }

    @Test
    void whatIsDrawnHasTheLabelsOfTheGraph() {
        var layers = ExportedLayers.all();
        var names = new ArrayList<>(List.of("bn-relu", "evonorm-b0", "evonorm-s0", "gn-silu"));
        layers.keySet().stream().filter(name -> name.startsWith("random-")).limit(6).forEach(names::add);
        for (var name : names) {
            var graph = Objects.requireNonNull(layers.get(name)).graph();
            var diagram = Diagram.of(graph);
            var labels = (List<?>) Objects.requireNonNull(
                    browser.executeAsyncScript(DRAW, Drawings.mermaid(graph)));
            assertThat((List<?>) labels.getFirst()).as(name)
                    .map(Object::toString).containsExactlyInAnyOrderElementsOf(
                            diagram.shapes().stream().map(Diagram.Shape::label).toList());
            assertThat((List<?>) labels.getLast()).as(name)
                    .map(Object::toString).containsExactlyInAnyOrderElementsOf(
                            diagram.edges().stream().map(Diagram.Edge::label).filter(label -> !label.isEmpty())
                                    .toList());
        }
    }
}
