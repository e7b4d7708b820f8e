package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page of a search shows one set of layers in many views: what is picked out, shown or left out is so in all. */
class ViewsDisagreeTest extends ServiceUnderTest {

    private static final List<String> CHARTS = List.of("front-chart", "parallel-chart", "history-chart");

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private int member;
    private int dominated;
    private int partly;

    @BeforeEach
    void open() {
        browser = loggedIn(chromium);
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.365);
        member = search.born("x * sigmoid(x)", null);
        search.stands(member, search.arrives(member, 0.44, 0.40, 0.42));
        dominated = search.born("tanh(x)", null);
        search.arrives(dominated, 0.43, 0.38, 0.41);
        partly = search.born("abs(x)", null);
        search.rejectedAfterResnet(partly, 806);
        search.rejected(search.born("sqrt(x)", null));
        search.volume(1, 1, 0.0739);
        search.funnel("QUALITY", "high-loss", 2, 320, 160);
        search.funnel("SCORED", "scored", 2, 480, 0);
        search.counted();
        browser.get(origin() + "/search.html?name=" + search.name);
        chromium.await("return document.querySelectorAll('#members tr[data-birth]').length === 1");
    }

    /** First coordinates of one series of a chart. */
    private List<?> drawn(String chart, String series) {
        return (List<?>) browser.executeScript("""
                const chart = echarts.getInstanceByDom(document.getElementById(arguments[0]));
                const data = chart.getModel().getSeries().find(one => one.id === arguments[1]).getData();
                return Array.from({length: data.count()}, (_, i) => data.get(data.dimensions[0], i));""", chart,
                series);
    }

    private void press(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
    }

    private void choose(String css) {
        browser.executeScript("document.querySelector(arguments[0]).click()", css);
    }

    private void selected(String births) {
        for (var chart : CHARTS) {
            assertThat(browser.findElement(By.id(chart)).getAttribute("data-selected")).as(chart).isEqualTo(births);
        }
    }

    @Test
    void whatTheKeyboardPicksInATableStandsOutEverywhere() {
        choose("#points summary");
        chromium.await("return document.querySelectorAll('#scored tr[data-birth]').length === 2");
        browser.executeScript("document.querySelector('#scored [data-pick=\"%d\"]').focus()".formatted(dominated));
        press(Keys.SPACE);
        selected(String.valueOf(dominated));
        assertThat(drawn("front-chart", "selected")).hasSize(1);
        assertThat(drawn("history-chart", "selected")).hasSize(1);
        assertThat(browser.findElement(By.id("said")).getAttribute("textContent")).startsWith("1 layer selected");
        assertThat(browser.findElements(By.cssSelector("#scored tr.is-selected"))).hasSize(1);
        var chip = browser.findElement(By.cssSelector("#selected a"));
        assertThat(chip.getAttribute("href"))
                .endsWith("/layer.html?search=%s&birth=%d".formatted(search.name, dominated));
        assertThat(browser.findElement(By.id("selected")).getText()).contains("tanh(x)");
        choose("input[value=all]");
        chromium.await("return !document.getElementById('parallel-chart').hidden");
        assertThat(drawn("parallel-chart", "selected")).hasSize(1);
        assertThat(browser.executeScript("return document.activeElement.dataset.pick"))
                .as("the box keeps the focus").isEqualTo(String.valueOf(dominated));
        press(Keys.ESCAPE);
        selected("");
        assertThat(browser.findElement(By.id("selection")).isDisplayed()).isFalse();
        assertThat(browser.findElement(By.id("said")).getAttribute("textContent")).isEqualTo("Selection cleared");
        assertThat(drawn("parallel-chart", "selected")).isEmpty();
    }

    @Test
    void aRectangleOrAClickPicksWhatIsUnderIt() {
        var at = (List<?>) browser.executeScript(
                """
                        const element = document.getElementById('front-chart');
                        element.scrollIntoView({block: 'center'});
                        const box = element.getBoundingClientRect();
                        const [x, y] = echarts.getInstanceByDom(element).convertToPixel('grid', [0.44, 0.40]);
                        return [Math.round(box.left + x), Math.round(box.top + y), Math.round(box.left + 60), Math.round(box.bottom - 60),
                                Math.round(box.right - 30), Math.round(box.top + 20)];""");
        var place = at.stream().mapToInt(one -> ((Long) one).intValue()).toArray();
        var mouse = new Actions(browser);
        mouse.moveToLocation(place[0], place[1]).click().perform();
        selected(String.valueOf(member));
        mouse.moveToLocation(place[2], place[3]).clickAndHold().moveToLocation(place[4], place[5]).release().perform();
        selected(member + " " + dominated);
        assertThat(browser.findElement(By.id("selection-count")).getText()).isEqualTo("2 selected");
        choose("#selected button");
        selected(String.valueOf(dominated));
    }

    /** A layer without a score has no place on the score's axis, and certainly not zero. */
    @Test
    void whatWasGivenUpIsDrawnWhereItIsKnown() throws IOException {
        var arrivals = read(search.path() + "/arrivals").get("items");
        assertThat(arrivals.get(2).get("soFar").toString()).isEqualTo("[0.4197916666666667,null,null]");
        assertThat(arrivals.get(3).get("soFar").isNull()).isTrue();
        assertThat(drawn("front-chart", "rejected-x")).hasSize(1).first().isEqualTo(0.4197916666666667);
        assertThat(drawn("front-chart", "rejected-y")).isEmpty();
        assertThat(drawn("front-chart", "rejected")).isEmpty();
        assertThat(drawn("history-chart", "rejected")).hasSize(2);
        assertThat(browser.findElement(By.id("front-note")).getText())
                .startsWith("2 layers given up in training: 1 has");
        choose("[data-layer=rejected]");
        assertThat(drawn("front-chart", "rejected-x")).isEmpty();
        assertThat(drawn("history-chart", "rejected")).isEmpty();
        choose("[data-layer=dominated]");
        assertThat(drawn("front-chart", "dominated")).isEmpty();
        choose("[data-layer=references]");
        assertThat(drawn("front-chart", "references")).isEmpty();
        assertThat(drawn("front-chart", "intervals")).isEmpty();
        choose("[data-layer=intervals]");
        assertThat(drawn("front-chart", "intervals")).hasSize(1);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void hypervolumeAndSurvivorsAreShownWithWhatTheyRestOn() throws IOException {
        choose("input[value=volume]");
        chromium.await("return document.getElementById('volume-chart').dataset.points === '1'");
        assertThat(browser.findElement(By.id("volume-note")).getText()).contains("resnet × mobilenetv2 × efficientnet",
                "reference point of 0 % on every anchor", "Now 0.0739, by 1 layer");
        browser.executeScript("document.getElementById('traits').scrollIntoView()");
        chromium.await("return document.querySelectorAll('#traits-table tbody tr').length === 19");
        var first = browser.findElement(By.cssSelector("#traits-table tbody tr")).getText();
        assertThat(first).contains("mul", "×1.0", "100.0 %");
        assertThat(browser.findElement(By.id("traits-note")).getText())
                .contains("2 layers trained to the end", "4 proposals", "95 % intervals (Wilson)");
        assertThat(browser.findElement(By.id("funnel")).getText()).contains("on mobilenetv2",
                "160 training steps saved");
        chromium.screenshot("views");
        browser.get(origin() + "/");
        var card = "a.card[href$='name=%s']".formatted(search.name);
        chromium.await("return document.querySelector(\"%s\") !== null".formatted(card));
        assertThat(browser.findElement(By.cssSelector(card)).getText()).contains("front 1, hypervolume 0.074",
                "+4.0 points against bn-relu");
        assertThat(chromium.complaints()).isEmpty();
    }
}
