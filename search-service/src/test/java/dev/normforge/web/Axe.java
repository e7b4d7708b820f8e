package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.Dimension;

/** axe-core in the browser: what keeps people with a screen reader, a keyboard or weak eyes from using a page. */
final class Axe {

    private static final String SCRIPT = script();
    private static final Dimension WIDE = new Dimension(1440, 1500);
    private static final Dimension NARROW = new Dimension(500, 2400);
    private static final String RUN = """
            const done = arguments[0];
            axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'],
            }).then(found => done(found.violations.flatMap(violation => violation.nodes.map(node =>
              `${violation.impact} ${violation.id}: ${node.html.slice(0, 160)} ${node.any.concat(node.all).map(one => one.message).slice(0, 1)}`))),
              error => done([String(error)]));
            """;

    private final TestBrowser browser;
    private boolean dark;

    Axe(TestBrowser browser) {
        this.browser = browser;
    }

    /** A page as it is now, wide and narrow, light and dark, a line for each fault. */
    List<String> faults() {
        browser.driver().executeScript(SCRIPT);
        var faults = new ArrayList<String>();
        for (var size : List.of(WIDE, NARROW)) {
            browser.driver().manage().window().setSize(size);
            for (int scheme = 0; scheme < 2; scheme++) {
                scheme();
                found().forEach(fault -> faults.add("%s, %d px: %s".formatted(dark ? "dark" : "light", size.width,
                        fault)));
            }
        }
        browser.driver().manage().window().setSize(WIDE);
        return faults;
    }

    private void scheme() {
        dark = !dark;
        browser.media("prefers-color-scheme", dark ? "dark" : "light");
        // Two frames, so that colours are what the scheme says.
        browser.driver().executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
    }

    private List<String> found() {
        return ((List<?>) Objects.requireNonNull(browser.driver().executeAsyncScript(RUN))).stream()
                .map(String::valueOf).toList();
    }

    private static String script() {
        try (var in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
