package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * {@code kill -9} of the service under an open page of a search that runs: the page says so, comes back by itself when the
 * service does, and shows what happened meanwhile, each arrival once.
 */
class KilledServicesStrandPagesTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String NAME = "pages-survive";

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    @TempDir
    private Path folder;
    private Path home;
    private ChromeDriver browser;

    @BeforeEach
    void reader() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        browser = chromium.driver();
    }

    private void await(String condition) {
        new WebDriverWait(browser, LONG).withMessage(condition)
                .until(_ -> Boolean.TRUE.equals(browser.executeScript("return " + condition)));
    }

    @Test
    void aPageThatWasOpenShowsEveryArrivalOnce() throws Exception {
        try (var program = Program.serve(home)) {
            KilledProcessesLoseNothingTest.create(program, NAME, 10);
            var link = program.link();
            browser.get(link);
            await("document.documentElement.dataset.role === 'OPERATOR'");
            browser.get(URI.create(link).resolve("/search.html?name=" + NAME).toString());
            await("Number(document.getElementById('front-chart').dataset.points) > 0");
            await("document.getElementById('link').dataset.state === 'live'");
            browser.findElement(By.cssSelector("#points summary")).click();
            browser.executeScript("window.openedOnce = true");

            program.kill();
            await("document.getElementById('link').dataset.state === 'lost'");
            long before = births().size();
            program.again();
            await("document.getElementById('link').dataset.state !== 'lost'");
            await("document.getElementById('link').dataset.state === 'finished'");

            var shown = births();
            assertThat(shown).doesNotHaveDuplicates().hasSizeGreaterThan((int) before)
                    .containsExactlyInAnyOrderElementsOf(scored());
            assertThat(browser.executeScript("return window.openedOnce")).as("not reloaded").isEqualTo(true);
            assertThat(browser.executeScript("return Number(document.getElementById('front-chart').dataset.points)"))
                    .isEqualTo((long) shown.size());
            assertThat(browser.findElement(By.id("unreachable")).isDisplayed()).isFalse();
        }
    }

    /** Births in the table of the page's points: each arrives once. */
    @SuppressWarnings("unchecked")
    private List<String> births() {
        return (List<String>) browser.executeScript(
                "return [...document.querySelectorAll('#scored tr[data-birth]')].map(row => row.dataset.birth)");
    }

    /** The same as the service has them, asked with whatever the page's reader is allowed to. */
    @SuppressWarnings("unchecked")
    private List<String> scored() {
        return (List<String>) browser.executeAsyncScript("""
                const done = arguments[1];
                fetch(`/api/v1/searches/${arguments[0]}/arrivals?size=1000`).then(answer => answer.json())
                  .then(page => done(page.items.filter(one => one.scores).map(one => String(one.birth))));
                """, NAME);
    }
}
