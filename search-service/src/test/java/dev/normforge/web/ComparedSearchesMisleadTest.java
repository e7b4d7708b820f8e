package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;

/** The page of searches beside each other shows what was measured, now, and says what cannot be compared. */
class ComparedSearchesMisleadTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private final String study = "fig-" + UUID.randomUUID();
    private ChromeDriver browser;
    private StoredSearch first;
    private StoredSearch other;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        first = search("evolution", 1, 0.30, 0.36, 0.36, 0.41);
        search("evolution", 2, 0.32, 0.35, 0.40, 0.40);
        search("evolution", 3, 0.29, 0.38, 0.39, 0.42);
        search("random", 4, 0.30, 0.31, 0.33, 0.33);
        search("random", 5, 0.28, 0.32, 0.32, 0.34);
        search("random", 6, 0.31, 0.31, 0.31, 0.33);
        other = search("random", 7, 0.90);
        other.set("spec = jsonb_set(spec, '{proxy,training,steps}', '160')");
    }

    private StoredSearch search(String arm, int seed, double... means) {
        var search = new StoredSearch(jdbc, "synthetic");
        search.set("study = '%s', arm = '%s', seed = %d, spec = jsonb_set(spec, '{seed}', '%3$d')".formatted(study, arm,
                seed));
        search.calibrated(0.38, 0.365);
        for (double mean : means) {
            arrive(search, mean);
        }
        return search;
    }

    private static void arrive(StoredSearch search, double mean) {
        int birth = search.born("x * sigmoid(x)", null);
        search.stands(birth, search.arrives(birth, mean, mean, mean));
    }

    private void open(String query, int searches) {
        browser.get(origin() + "/compare.html?" + query);
        chromium.await("return (document.body.dataset.shown || '').endsWith(' %d')".formatted(searches));
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    @Test
    void groupsAreDrawnAsTheyAreAndOthersNamed() {
        open("study=" + study, 7);
        var notes = text("notes");
        assertThat(notes).contains(other.name + " is not comparable", "training.steps is 160, not 80");
        assertThat(text("keys")).contains("evolution: 3 searches, mean and band", "random: 3 searches, mean and band");
        // 0.41, 0.40 and 0.42 against 0.33, 0.34 and 0.33 of 1920 images
        assertThat(text("contrast")).startsWith(
                "After 4 trained candidates the mean of random is 7.6 points below that of evolution (95 %: −9.");
        assertThat(browser.findElement(By.id("chart")).getAttribute("aria-label"))
                .contains("evolution, 3 searches: mean 41.0 %", "random, 3 searches: mean 33.4 %", "at 4");
        assertThat(text("found")).contains("41.0 [", "+3.0 points", "12 minutes", "Evolution", other.name,
                "not comparable");
        assertThat(text("differences")).contains("proxy.training.steps", "160", "seed");
        assertThat(drawn()).as("each point of the means, and no other search").isEqualTo(List.of(
                "evolution 1:%s 2:%s 3:%s 4:%s".formatted(mean(0.30, 0.32, 0.29), mean(0.36, 0.35, 0.38),
                        mean(0.36, 0.40, 0.39), mean(0.41, 0.40, 0.42)),
                "random 1:%s 2:%s 3:%s 4:%s".formatted(mean(0.30, 0.28, 0.31), mean(0.31, 0.32, 0.31),
                        mean(0.33, 0.32, 0.31), mean(0.33, 0.34, 0.33))));
        assertThat(chromium.complaints()).isEmpty();
    }

    /** Of whole images. */
    private static String mean(double... accuracies) {
        return String.format(Locale.ROOT, "%.4f", Arrays.stream(accuracies)
                .map(one -> (double) Math.round(one * StoredSearch.IMAGES) / StoredSearch.IMAGES).average()
                .orElseThrow());
    }

    /** Of the chart itself, as ECharts has it. */
    @SuppressWarnings("unchecked")
    private List<String> drawn() {
        return (List<String>) browser.executeScript("""
                return echarts.getInstanceByDom(document.getElementById('chart')).getOption().series
                  .filter(one => one.type === 'line' && one.lineStyle.width === 3)
                  .map(one => one.name + ' ' + one.data.map(([x, y]) => `${x}:${y.toFixed(4)}`).join(' '))""");
    }

    @Test
    void anArrivalIsDrawnWithoutAReload() {
        open("searches=%s&x=arrivals".formatted(first.name), 1);
        assertThat(browser.findElement(By.id("chart")).getAttribute("aria-label"))
                .contains(first.name + " 41.0 % at 4");
        browser.executeScript("window.kept = true");
        arrive(first, 0.47);
        first.ring();
        chromium.await("return window.kept && document.getElementById('chart').ariaLabel.includes('47.0 % at 5')");
        first.finished(0, "x * sigmoid(x)");
        chromium.await("return document.getElementById('link').dataset.state === 'finished'");
        assertThat(text("found")).contains("Completed", "53.0 [");
    }

    @Test
    void otherAxesAreOtherNumbers() {
        open("study=" + study, 7);
        new Select(browser.findElement(By.id("x"))).selectByValue("steps");
        chromium.await("return document.body.dataset.shown === 'steps accuracy interval 7'");
        assertThat(browser.getCurrentUrl()).contains("x=steps");
        assertThat(text("contrast")).startsWith("After 960 training steps");
        new Select(browser.findElement(By.id("spread"))).selectByValue("range");
        chromium.await("return document.body.dataset.shown === 'steps accuracy range 7'");
        browser.findElement(By.cssSelector("#points summary")).click();
        chromium.await("return document.querySelectorAll('#values tbody tr').length === 10");
        assertThat(browser.findElement(By.cssSelector("#values tbody tr:last-child")).getText()).contains("960",
                "41.0 % [40.0 %, 42.0 %]", "33.4 % [33.0 %, 34.0 %]");
    }

    @Test
    void searchesAreChosenOnTheList() {
        browser.get(origin() + "/");
        var box = "input[value='%s']";
        chromium.await("return document.querySelector(\"%s\") !== null".formatted(box.formatted(first.name)));
        browser.findElement(By.cssSelector(box.formatted(first.name))).click();
        assertThat(browser.findElement(By.id("compare")).isDisplayed()).isFalse();
        browser.findElement(By.cssSelector(box.formatted(other.name))).click();
        first.set("births = 4711");
        chromium.await("return document.getElementById('searches').textContent.includes('4,711 proposed')");
        assertThat(browser.findElement(By.cssSelector(box.formatted(first.name))).isSelected()).isTrue();
        browser.findElement(By.id("compare")).click();
        chromium.await("return (document.body.dataset.shown || '').endsWith(' 2')");
        assertThat(browser.getCurrentUrl()).contains("searches=%s,%s".formatted(first.name, other.name));
        browser.findElement(By.cssSelector("#choose summary")).click();
        browser.findElement(By.cssSelector("#choices " + box.formatted(other.name))).click();
        chromium.await("return document.body.dataset.shown.endsWith(' 1')");
        assertThat(browser.getCurrentUrl()).doesNotContain(other.name);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void whatDoesNotExistIsSaid() {
        browser.get(origin() + "/compare.html?searches=no-such-one");
        chromium.await("return !document.getElementById('refused').hidden");
        assertThat(text("refused")).contains("no-such-one");
        assertThat(browser.findElement(By.id("choose")).getAttribute("open")).isNotNull();
        browser.get(origin() + "/compare.html");
        chromium.await("return document.querySelectorAll('#choices input').length >= 7");
        assertThat(browser.findElement(By.id("shown")).isDisplayed()).isFalse();
    }
}
