package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page in a real browser, where one is installed (Debian: chromium and chromium-driver). */
class PageShowsARunningSearchTest extends ServiceUnderTest {

    private static final List<String> FORMULAS = List.of("x * sigmoid(v1 * x) / std_whc/g(x)",
            "max(x, rms_whc(x) * v1)",
            "tanh(x / rms_whc/g(x)) + x * sigmoid(x)", "max(tanh(v1 * x), x / std_bwh(x))", "sqrt(x) * v1 + abs(x)");

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private int best;

    @BeforeEach
    void open() {
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.365, 0.35, 0.24);
        arrivals(new Random(7), 60);
        search.funnel("STATIC", "CONSTANT_OVER_SPACE", 310, 0, 0);
        search.funnel("STATIC", "NO_INPUT", 80, 0, 0);
        search.funnel("STACK", "STACK_GROWTH", 90, 0, 0);
        search.funnel("QUALITY", "high-loss", 24, 1200, 4200);
        search.funnel("SCORED", "scored", 36, 8640, 0);
        search.worker("page-" + search.name, search.ordered(search.born("abs(x)", null)));
        search.set("births = 541, active_ms = 187000, active_at = clock_timestamp()");
        browser = loggedIn(chromium);
    }

    private void arrivals(Random random, int count) {
        double top = 0;
        for (int i = 0; i < count; i++) {
            int birth = search.born(FORMULAS.get(i % FORMULAS.size()) + (i < 5 ? "" : " + " + i), null);
            if (random.nextDouble() < 0.4) {
                search.rejected(birth);
                continue;
            }
            double mean = 0.2 + 0.19 * random.nextDouble() * Math.min(1, 0.4 + i / 60.0);
            int ordinal = search.arrives(birth, mean + 0.03, mean - 0.02, mean);
            if (mean > top) {
                if (top > 0) {
                    search.leaves(best, ordinal);
                }
                top = mean;
                best = birth;
                search.stands(birth, ordinal);
            }
        }
    }

    @Test
    void aNewFrontMemberAppearsWithoutReloadAndNothingElseIsLoaded() throws IOException {
        browser.get(origin() + "/search.html?name=" + search.name);
        await("return document.getElementById('front-chart').dataset.members === '1'");
        assertThat(browser.findElement(By.id("data")).getText()).contains("Synthetic images, not CIFAR-10");
        assertThat(browser.findElement(By.id("funnel")).getText()).contains("Static rules", "390", "high loss 24");
        await("return document.getElementById('link').dataset.state === 'live'");
        await("return document.getElementById('workers').textContent.includes('33 of 80')");
        long points = number("points");
        browser.executeScript("window.openedOnce = true");
        chromium.screenshot("running-light");

        int birth = search.born("tanh(x) * v1", best);
        search.stands(birth, search.arrives(birth, 0.38, 0.44, 0.41));
        search.ring();
        await("return document.getElementById('front-chart').dataset.members === '2'");
        assertThat(number("points")).isEqualTo(points + 1);
        await("return document.getElementById('members').textContent.includes('tanh(x) * v1')");
        search.ring();
        search.ring();
        await("return document.body.dataset.revision === '3'");
        assertThat(number("points")).as("nothing twice").isEqualTo(points + 1);
        assertThat(browser.executeScript("return window.openedOnce")).as("not reloaded").isEqualTo(true);

        chromium.dark();
        browser.manage().window().setSize(new Dimension(1440, 1500));
        chromium.screenshot("running-dark");
        browser.manage().window().setSize(new Dimension(500, 2400));
        await("return document.documentElement.scrollWidth <= window.innerWidth");
        chromium.screenshot("running-narrow");
        browser.get(origin() + "/");
        await("return document.querySelectorAll('.card').length > 0");
        chromium.screenshot("searches");
        nothingWentWrong();
    }

    @Test
    void aSearchThatJustBeganSaysWhatWillCome() throws IOException {
        var young = new StoredSearch(jdbc, "cifar10");
        browser.get(origin() + "/search.html?name=" + young.name);
        await("return !document.getElementById('page').hidden");
        assertThat(browser.findElement(By.id("front-empty")).isDisplayed()).isTrue();
        assertThat(browser.findElement(By.id("history-empty")).isDisplayed()).isTrue();
        assertThat(browser.findElement(By.id("best")).getText()).contains("No layer has been trained");
        chromium.screenshot("young");
        nothingWentWrong();
    }

    @Test
    void aSearchThatEndsShowsItsSentenceAndTableWithoutReload() throws IOException {
        browser.get(origin() + "/search.html?name=" + search.name);
        await("return document.getElementById('link').dataset.state === 'live'");
        search.finished(best, "tanh(x)");
        await("return !document.getElementById('result').hidden");
        assertThat(browser.findElement(By.id("sentence")).getText()).contains("none is better beyond noise");
        assertThat(browser.findElement(By.id("confirmed")).getText()).contains("birth-" + best, "bn-relu",
                "53.0 [51.8, 54.2]", "52.5 [51.4, 53.6]", "+1.0 [−0.5, +2.5]");
        await("return document.getElementById('link').dataset.state === 'finished'");
        chromium.screenshot("finished");
        nothingWentWrong();
    }

    @Test
    void aFrontMemberOpensWithItsFormulaAndItsLayerFile() throws IOException {
        browser.get(origin() + "/search.html?name=" + search.name);
        await("return document.querySelectorAll('#members tr[data-birth]').length === 1");
        browser.findElement(By.cssSelector("#members tr[data-birth]")).click();
        await("return document.getElementById('layer').open");
        assertThat(browser.findElement(By.id("layer")).getText()).contains("Birth " + best, "normforge.layer/1");
        chromium.screenshot("layer");
        nothingWentWrong();
    }

    private long number(String key) {
        return Long.parseLong(String.valueOf(
                browser.executeScript("return document.getElementById('front-chart').dataset." + key)));
    }

    private void await(String condition) {
        chromium.await(condition);
    }

    private void nothingWentWrong() {
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.requested()).isNotEmpty()
                .allMatch(url -> url.startsWith(origin() + "/") || url.startsWith("data:"));
    }
}
