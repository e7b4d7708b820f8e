package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Grids;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SearchId;
import dev.normforge.search.SimulatedTraining;
import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The pages of comparisons in a real browser: ordered, watched, read, as text, for everybody. */
class ComparisonsPageMisleadsTest extends ServiceUnderTest {

    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    @Autowired
    private Comparisons comparisons;

    @Autowired
    private ApplicationContext service;

    private final String name = "shown-" + UUID.randomUUID().toString().substring(0, 8);
    private ChromeDriver browser;
    private SearchId id = new SearchId(0);

    @BeforeEach
    void created() {
        browser = loggedIn(chromium);
        id = comparisons.create(name, Grids.of("bn-relu", "gn-relu").batches(8, 16).evaluations(2).seeds(2).spec(),
                Duration.ZERO).id();
        new SimulatedTraining(service).train(id, 4);
    }

    private void open() {
        browser.get(origin() + "/comparison.html?name=" + name);
        chromium.await("return document.querySelector('#plots svg') !== null");
    }

    private String text(String css) {
        return browser.findElement(By.cssSelector(css)).getText();
    }

    private void nothingWentWrong() {
        assertThat(browser.executeScript("return window.hacked ?? null")).isNull();
        assertThat(browser.findElements(By.cssSelector("img[src='x'], [onerror]"))).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.requested()).isNotEmpty()
                .allMatch(url -> url.startsWith(origin() + "/") || url.startsWith("data:"));
    }

    @Test
    void aRunningOneIsFollowedToItsEnd() throws IOException {
        open();
        assertThat(text("#figures")).contains("4 of 16");
        assertThat(text("#conditions")).contains("12 of 16 runs are not done yet");
        browser.findElement(By.cssSelector("#orders button")).click();
        chromium.await("return document.querySelector('#orders button').textContent === 'Resume'");
        browser.findElement(By.cssSelector("#orders button")).click();
        chromium.await("return document.querySelector('#orders button').textContent === 'Pause'");
        browser.executeScript("window.openedOnce = true");
        new SimulatedTraining(service).finish(id);
        chromium.await("return document.getElementById('link').dataset.state === 'finished' "
                + "&& document.getElementById('figures').textContent.includes('16 of 16') "
                + "&& document.getElementById('scores').textContent.includes('±')");
        assertThat(browser.findElements(By.cssSelector("#orders button"))).isEmpty();
        assertThat(text("#conditions")).doesNotContain("not done yet");
        assertThat(browser.executeScript("return window.openedOnce")).as("not reloaded").isEqualTo(true);
        var table = read("/api/v1/comparisons/%s/tables".formatted(name)).at("/tables/1");
        new Select(browser.findElement(By.id("table"))).selectByIndex(1);
        assertThat(browser.findElement(By.id("scores")).getAttribute("aria-label"))
                .endsWith(table.get("title").stringValue());
        assertThat(text("#scores tbody td")).contains(table.at("/rows/0/cells/0/text").stringValue(),
                "%.1f to".formatted(table.at("/rows/0/cells/0/low").doubleValue()));
        assertThat(browser.findElement(By.cssSelector("#layers a")).getAttribute("href"))
                .endsWith("/layer.html?name=bn-relu");
        assertThat(browser.findElements(By.cssSelector("#files a"))).hasSize(5).allMatch(
                link -> get(String.valueOf(link.getAttribute("href")).substring(origin().length())).status() == 200);
        chromium.screenshot("comparison-light");
        chromium.dark();
        chromium.screenshot("comparison-dark");
        nothingWentWrong();
    }

    @Test
    void aChartHasWordsAndComesCloser() {
        open();
        var svg = browser.findElement(By.cssSelector("#plots .plot svg"));
        var labels = String.valueOf(svg.getAttribute("aria-labelledby")).split(" ");
        assertThat(labels).allSatisfy(
                label -> assertThat(browser.findElement(By.id(label)).getAttribute("textContent")).isNotBlank());
        browser.findElement(By.cssSelector("#plots .plot button")).click();
        chromium.await("return document.querySelector('#larger[open] svg') !== null");
        browser.findElement(By.id("zoom")).sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.executeScript("return document.querySelector('#larger svg').style.width")).isEqualTo("125%");
        browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        chromium.await("return document.querySelector('#plots .plot svg') !== null "
                + "&& document.querySelector('#larger svg') === null");
        assertThat(browser.findElement(By.cssSelector("#plots .plot a[download]")).getAttribute("href"))
                .endsWith(".svg");
        nothingWentWrong();
    }

    @Test
    void anOrderIsRefusedAtItsFieldAndThenBegun() {
        browser.get(origin() + "/comparisons.html");
        chromium.await("return document.body.dataset.shown === 'all'");
        assertThat(text("#comparisons")).contains(name, "4 of 16 runs", "batch 8, 16");
        browser.findElement(By.cssSelector("#ordering summary")).click();
        chromium.await("return document.querySelectorAll('#comparison option').length > 5");
        assertThat(text("#about")).contains("BN-ReLU loses more accuracy than GN-ReLU");
        assertThat(browser.findElement(By.id("seeds")).getAttribute("placeholder")).isEqualTo("3");
        var field = browser.findElement(By.id("name"));
        field.clear();
        field.sendKeys(HOSTILE, Keys.ENTER);
        chromium.await("return document.getElementById('name-refused').textContent !== ''");
        assertThat(text("#name-refused")).contains(HOSTILE);
        assertThat(field.getAttribute("aria-invalid")).isEqualTo("true");
        field.clear();
        field.sendKeys(name + "-ordered");
        browser.findElement(By.id("seeds")).sendKeys("many", Keys.ENTER);
        chromium.await("return document.getElementById('seeds-refused').textContent !== ''");
        assertThat(text("#seeds-refused")).contains("many");
        assertThat(text("#name-refused")).isEmpty();
        browser.findElement(By.id("seeds")).clear();
        browser.findElement(By.id("seeds")).sendKeys("2");
        new Select(browser.findElement(By.id("data"))).selectByValue("synthetic");
        browser.findElement(By.cssSelector("#order button")).click();
        chromium.await("return location.pathname === '/comparison.html' && !document.getElementById('page').hidden");
        assertThat(text("#name")).isEqualTo(name + "-ordered");
        assertThat(text("#data")).isEqualTo("Synthetic images, not CIFAR-10");
        assertThat(read("/api/v1/comparisons/%s-ordered".formatted(name)).at("/spec/seeds").intValue()).isEqualTo(2);
        assertThat(chromium.complaints()).as("the browser's own words for refusals")
                .allMatch(line -> line.contains("400"));
    }

    @Test
    void nobodyIsShutOutAndHostileTextIsText() {
        jdbc.sql("update search set ending_note = :text, preset = :text where id = :id").param("text", HOSTILE)
                .param("id", id.value()).update();
        open();
        assertThat(text("#facts")).contains(HOSTILE);
        var axe = new Axe(chromium);
        assertThat(axe.faults()).isEmpty();
        browser.findElement(By.cssSelector("#plots .plot button")).click();
        chromium.await("return document.querySelector('#larger[open] svg') !== null");
        assertThat(axe.faults()).isEmpty();
        narrow("/comparison.html?name=" + name);
        browser.get(origin() + "/comparisons.html");
        chromium.await("return document.body.dataset.shown === 'all'");
        assertThat(text("#comparisons")).contains(HOSTILE);
        browser.findElement(By.cssSelector("#ordering summary")).click();
        assertThat(axe.faults()).isEmpty();
        narrow("/comparisons.html");
        nothingWentWrong();
        browser.get(origin() + "/comparison.html?name=nosuch");
        chromium.await("return !document.getElementById('missing').hidden");
        assertThat(axe.faults()).isEmpty();
    }

    private void narrow(String page) {
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", 400, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.get(origin() + page);
        chromium.await("return document.querySelector('main:not([hidden]) h1') !== null");
        assertThat(browser.executeScript("return document.documentElement.scrollWidth")).as(page).isEqualTo(400L);
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
}
