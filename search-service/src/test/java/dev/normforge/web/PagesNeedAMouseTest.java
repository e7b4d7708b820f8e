package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the mouse can do, the keyboard can; what a chart shows can be read. */
class PagesNeedAMouseTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private int member;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.365);
        member = search.born("x * sigmoid(x)", null);
        search.stands(member, search.arrives(member, 0.40, 0.41, 0.42));
        search.arrives(search.born("tanh(x)", null), 0.30, 0.31, 0.32);
    }

    private void open() {
        browser.get(origin() + "/search.html?name=" + search.name);
        chromium.await("return document.querySelectorAll('#members tr[data-birth]').length === 1");
    }

    private void press(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
    }

    private void focus(String css) {
        browser.executeScript("document.querySelector(arguments[0]).focus()", css);
    }

    @Test
    void aRowOpensItsLayerAndGivesTheFocusBack() {
        open();
        focus("#at");
        for (int i = 0; i < 20 && !onMember(); i++) {
            press(Keys.TAB);
        }
        assertThat(onMember()).as("a row can be reached with the tab key").isTrue();
        press(Keys.ENTER);
        chromium.await("return document.getElementById('layer').open");
        assertThat(browser.findElement(By.id("layer-title")).getText()).isEqualTo("Birth " + member);
        int second = search.born("abs(x)", null);
        search.stands(second, search.arrives(second, 0.43, 0.3, 0.3));
        search.ring();
        chromium.await("return document.querySelectorAll('#members tr[data-birth]').length === 2");
        press(Keys.ESCAPE);
        chromium.await("return !document.getElementById('layer').open && document.activeElement.closest("
                + "'#members tr[data-birth=\"%d\"]') !== null".formatted(member));
    }

    private boolean onMember() {
        return Boolean.TRUE
                .equals(browser.executeScript("return document.activeElement.matches('#members tr button')"));
    }

    @Test
    void everyPointOfAChartHasARow() {
        open();
        assertThat(label("front-chart")).contains("2 scored layers on resnet and mobilenetv2", "1 on the front");
        assertThat(label("history-chart")).contains("41.0 % by birth " + member, "bn-relu reaches 38.0 %");
        focus("#points summary");
        press(Keys.ENTER);
        chromium.await("return document.querySelectorAll('#scored tr[data-birth]').length === 2");
        assertThat(browser.findElement(By.id("scored")).getText()).contains("tanh(x)", "30.0", "31.0", "32.0");
        focus("#scored tr:last-child button");
        press(Keys.ENTER);
        chromium.await("return document.getElementById('layer').open");
        assertThat(browser.findElement(By.cssSelector("#layer > .formula")).getText()).isEqualTo("tanh(x)");
    }

    private String label(String chart) {
        return String.valueOf(browser.findElement(By.id(chart)).getAttribute("aria-label"));
    }

    @Test
    void aListThatIsDrawnAnewKeepsItsPlace() {
        browser.get(origin() + "/");
        var card = "a.card[href$='name=%s']".formatted(search.name);
        chromium.await("return document.querySelector(\"%s\") !== null".formatted(card));
        focus(card);
        search.set("births = 4711");
        chromium.await("return document.querySelector(\"%s\").textContent.includes('4,711 proposed')".formatted(card));
        assertThat(browser.executeScript("return document.activeElement.matches(arguments[0])", card)).isEqualTo(true);
    }

    @Test
    void whatScrollsIsReachedAndWhatDoesNotIsNoStop() {
        search.finished(member, "x * sigmoid(x)");
        open();
        var box = "document.querySelector('.scroll:has(> #confirmed)').hasAttribute('tabindex')";
        chromium.await("return !document.getElementById('result').hidden");
        chromium.await("return !" + box);
        browser.manage().window().setSize(new Dimension(500, 2400));
        chromium.await("return " + box);
    }

    @Test
    void whoeverAsksForRestGetsIt() {
        chromium.media("prefers-reduced-motion", "reduce");
        open();
        assertThat(browser.executeScript("""
                return [...document.querySelectorAll('*')].map(one => getComputedStyle(one))
                  .filter(style => style.transitionDuration !== '0s' || style.animationName !== 'none').length
                """)).isEqualTo(0L);
    }
}
