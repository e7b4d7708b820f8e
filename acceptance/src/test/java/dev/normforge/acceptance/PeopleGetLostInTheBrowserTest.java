package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The whole way, in a real browser on the packaged program: from the printed link to a layer's code, and out again. */
class PeopleGetLostInTheBrowserTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String NAME = "in-the-browser";

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    @TempDir
    private Path folder;

    @Test
    void aSearchIsBegunWatchedAndItsLayerTakenHome() throws Exception {
        var browser = chromium.driver();
        var downloads = Files.createDirectories(folder.resolve("downloads"));
        browser.executeCdpCommand("Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        try (var program = Program.serve(Files.createDirectories(folder.resolve("home")))) {
            var link = program.link();
            browser.get(link);
            await("location.pathname === '/' && document.documentElement.dataset.role === 'OPERATOR'");
            assertThat(browser.getCurrentUrl()).as("the token is gone from the address").doesNotContain("nflink");
            create(browser);
            watch(browser);
            openLayer(browser);
            takeHome(browser, downloads, program);
            assertThat(chromium.complaints()).isEmpty();
            logOut(browser, link);
            var origin = URI.create(link).resolve("/").toString();
            assertThat(chromium.requested()).isNotEmpty()
                    .allMatch(url -> url.startsWith(origin) || url.startsWith("data:")
                            || url.startsWith("blob:" + origin));
        }
    }

    private void create(ChromeDriver browser) throws IOException {
        browser.findElement(By.cssSelector("a[href='/new.html']")).click();
        await("document.body.dataset.checked !== undefined");
        browser.findElement(By.cssSelector("#presets input[value='smoke']")).click();
        fill(browser, "field-name", NAME);
        set("field-proxy.data.name", "synthetic");
        await("!document.getElementById('create').disabled && [...document.querySelectorAll('.problem')].every(one => one.hidden || !one.textContent)");
        chromium.screenshot("flow-new");
        browser.findElement(By.id("create")).click();
        await("location.pathname === '/search.html' && location.search.includes('%s')".formatted(NAME));
    }

    private static void fill(ChromeDriver browser, String id, String text) {
        var field = browser.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
    }

    /** As a person moves a slider or chooses from a list. */
    private void set(String id, String value) {
        chromium.driver().executeScript("""
                const field = document.getElementById(arguments[0]);
                field.value = arguments[1];
                for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, {bubbles: true}));
                """, id, value);
    }

    private void watch(ChromeDriver browser) throws IOException {
        browser.executeScript("window.openedOnce = true");
        await("Number(document.getElementById('front-chart').dataset.points) > 2");
        assertThat(browser.executeScript("return window.openedOnce")).as("points came without reload").isEqualTo(true);
        await("!document.getElementById('at').disabled");
        set("at", "1");
        await("document.getElementById('at-value').textContent.includes('1')");
        assertThat(browser.findElement(By.id("at-value")).getText()).isNotEqualTo("now");
        chromium.screenshot("flow-search");
        set("at", String.valueOf(browser.findElement(By.id("at")).getDomProperty("max")));
    }

    private void openLayer(ChromeDriver browser) throws IOException {
        await("document.querySelector('#members button.row')");
        browser.executeScript("document.querySelector('#members button.row').click()");
        await("document.querySelector('#layer[open] a[href*=\"/layer.html\"]')");
        browser.findElement(By.cssSelector("#layer[open] a[href*='/layer.html']")).click();
        await("location.pathname === '/layer.html' && document.body.dataset.shown === 'all'");
        assertThat(browser.findElement(By.cssSelector("#formula math")).getText()).isNotBlank();
        assertThat(browser.findElement(By.id("text")).getText()).isNotBlank();
        assertThat(browser.findElements(By.cssSelector("#drawing svg"))).hasSize(1);
        assertThat(browser.findElement(By.id("lineage-panel")).isDisplayed()).isTrue();
        assertThat(browser.findElements(By.cssSelector("#lineage li"))).isNotEmpty();
        chromium.screenshot("flow-layer");
    }

    private static void takeHome(ChromeDriver browser, Path downloads, Program program) throws Exception {
        var anchor = browser.findElement(By.cssSelector("#exports a[download='layer.py']"));
        var address = URI.create(String.valueOf(anchor.getDomProperty("href")));
        browser.executeScript("arguments[0].click()", anchor);
        var file = downloads.resolve("layer.py");
        Program.await(LONG, "the download", () -> Files.exists(file));
        assertThat(Files.readString(file)).isEqualTo(program.get(address.getRawPath() + "?" + address.getRawQuery()))
                .contains("class ");
    }

    private void logOut(ChromeDriver browser, String link) throws IOException {
        browser.findElement(By.id("log-out")).click();
        await("location.pathname === '/login.html' && !document.getElementById('page').hidden");
        chromium.screenshot("flow-login");
        browser.get(URI.create(link).resolve("/search.html?name=" + NAME).toString());
        await("location.pathname === '/login.html' && location.search.includes('next=')");
        // Nobody is logged in: the console says so for each answer that was refused, and for nothing else.
        assertThat(chromium.complaints()).allMatch(line -> line.contains("401"));
    }

    private void await(String condition) {
        new WebDriverWait(chromium.driver(), LONG).withMessage(condition).until(
                _ -> Boolean.TRUE.equals(chromium.driver().executeScript("return Boolean(" + condition + ")")));
    }
}
