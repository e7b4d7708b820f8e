package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestBrowser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page of one layer in a real browser. */
class LayerPageHidesEvidenceTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private int parent;
    private int child;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.365, 0.35, 0.24);
        parent = search.born("x * sigmoid(x) / 2", null);
        search.arrives(parent, 0.30, 0.31, 0.32);
        child = search.born("x * sigmoid(x)", parent);
        search.stands(child, search.arrives(child, 0.40, 0.41, 0.42));
    }

    private void open(String address) {
        browser.get(origin() + address);
        chromium.await("return document.body.dataset.shown === 'all'");
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    @Test
    void itsFormulaGraphLineageScoresAndFilesAreOneClickAway() throws IOException {
        browser.get(origin() + "/search.html?name=" + search.name);
        chromium.await("return document.querySelectorAll('#members tr[data-birth]').length === 1");
        browser.findElement(By.cssSelector("#members tr[data-birth]")).click();
        chromium.await("return document.getElementById('layer').open");
        browser.findElement(By.cssSelector("#layer a.all")).click();
        chromium.await("return document.body.dataset.shown === 'all'");
        assertThat(text("name")).isEqualTo("Birth " + child);
        assertThat(text("data")).isEqualTo("Synthetic images, not CIFAR-10");
        assertThat(browser.findElements(By.cssSelector("#drawing svg"))).hasSize(1);
        assertThat(browser.executeScript("return document.querySelector('#formula math').namespaceURI"))
                .isEqualTo("http://www.w3.org/1998/Math/MathML");
        assertThat(text("lineage")).contains("birth " + parent, "31.0 %", "birth " + child, "41.0 %");
        assertThat(text("scores")).contains("search", "41.0 [");
        assertThat(text("noise")).contains("varies between seeds by 0.80 points");
        chromium.screenshot("layer-page-light");
        chromium.dark();
        chromium.screenshot("layer-page-dark");
        browser.manage().window().setSize(new Dimension(500, 3600));
        chromium.await("return document.documentElement.scrollWidth <= window.innerWidth");
        chromium.screenshot("layer-page-narrow");
        browser.findElement(By.linkText("birth " + parent)).click();
        chromium.await("return document.getElementById('children').textContent.includes('birth %d')".formatted(child));
        nothingWentWrong();
    }

    @Test
    void everyFileIsPreviewedUnderTheChosenNameAndABadNameIsRefusedInPlace() {
        open("/layer.html?search=%s&birth=%d".formatted(search.name, child));
        browser.findElement(By.id("class")).sendKeys("Mine", Keys.TAB);
        browser.findElement(By.cssSelector("[data-file='layer.py']")).click();
        chromium.await("return document.querySelector('#preview pre')?.textContent.includes('class Mine(nn.Module)')");
        assertThat(browser.findElement(By.id("zip")).getAttribute("href"))
                .endsWith("exports.zip?name=Mine&channels=64");
        browser.findElement(By.id("class")).sendKeys(" 2", Keys.TAB);
        chromium.await("return document.getElementById('refused').textContent.includes('expected a class name')");
        browser.findElement(By.id("class")).clear();
        browser.findElement(By.id("class")).sendKeys("Better", Keys.TAB);
        chromium.await("return document.querySelector('#preview pre').textContent.includes('class Better(nn.Module)')");
        assertThat(browser.findElement(By.id("refused")).isDisplayed()).isFalse();
        for (var button : browser.findElements(By.cssSelector("#exports button"))) {
            assertThat(button.getText()).isEqualTo("Preview");
        }
    }

    @Test
    void whatIsDownloadedIsWhatTheServiceSends() {
        open("/layer.html?name=evonorm-b0");
        assertThat(text("facts")).contains("arXiv 2004.02967");
        var link = browser.findElement(By.linkText("layer.tex"));
        assertThat(link.getAttribute("download")).isEqualTo("layer.tex");
        assertThat(get(String.valueOf(link.getAttribute("href")).substring(origin().length())).raw().body())
                .contains("\\begin{align*}");
        assertThat(browser.findElements(By.cssSelector("#evidence-panel:not([hidden])"))).isEmpty();
        nothingWentWrong();
    }

    @Test
    void anAddressWithoutALayerSaysSo() {
        for (var address : Map.of("/layer.html?search=nosuch&birth=1", "search is nosuch",
                "/layer.html?search=%s&birth=99".formatted(search.name), "birth is 99",
                "/layer.html?name=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "name is <img").entrySet()) {
            browser.get(origin() + address.getKey());
            chromium.await("return document.getElementById('missing-why').textContent.includes('%s')"
                    .formatted(address.getValue()));
        }
    }

    private void nothingWentWrong() {
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.requested()).isNotEmpty()
                .allMatch(url -> url.startsWith(origin() + "/") || url.startsWith("data:"));
    }
}
