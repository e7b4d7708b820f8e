package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.search.SimulatedTraining;
import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The page of one layer in a real browser. */
class LayerPageHidesEvidenceTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    @Autowired
    private ApplicationContext service;

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
        chromium.await("return document.body.dataset.shown === 'all'");
        browser.findElement(By.xpath("//summary[.='1 mutant of it']")).click();
        chromium.await("return document.querySelector('ul.branch')?.textContent.includes('birth %d')".formatted(child));
        nothingWentWrong();
    }

    @Test
    void tournamentEqualsAndBranchesAreShown() throws IOException {
        long grown = new SimulatedTraining(service).search("grown-" + search.name, 24, 51).value();
        var mutant = jdbc
                .sql("""
                        select c.birth from candidate c join candidate d on d.search_id = c.search_id and d.parent_birth = c.birth
                         where c.search_id = :id and c.parent_birth is not null group by c.birth order by count(*) desc, c.birth
                         limit 1
                        """)
                .param("id", grown).query(Integer.class).single();
        int ancestor = jdbc.sql("select parent_birth from candidate where search_id = :id and birth = :birth")
                .param("id", grown).param("birth", mutant).query(Integer.class).single();
        open("/layer.html?search=%d&birth=%d".formatted(grown, mutant));
        assertThat(text("tournament-note")).contains("were drawn", "irth " + ancestor);
        assertThat(browser.findElement(By.cssSelector("#drawn .won")).getText()).contains(ancestor + " ", "parent");
        assertThat(browser.findElements(By.cssSelector("#window canvas"))).isNotEmpty();
        for (var summary : browser.findElements(By.cssSelector("#lineage summary, #equals summary"))) {
            summary.click();
        }
        chromium.await("return [...document.querySelectorAll('ul.branch, .equal tbody')]"
                + ".every(list => list.children.length > 0 || list.parentElement.textContent.includes('None.'))");
        chromium.screenshot("layer-page-grown");
        open("/layer.html?search=%d&birth=0".formatted(grown));
        assertThat(text("tournament-note")).contains("every proposal is a fresh random graph");
        assertThat(text("lineage-note")).contains("has no parent");
        nothingWentWrong();
    }

    /** Thirty generations: the first and the last are there, the others one press away. */
    @Test
    void aLongLineageIsFoldedInItsMiddle() {
        int last = child;
        for (int i = 0; i < 30; i++) {
            last = search.born("tanh(x) + " + i, last);
        }
        open("/layer.html?search=%s&birth=%d".formatted(search.name, last));
        assertThat(text("lineage-note")).startsWith("31 mutations");
        assertThat(browser.findElements(By.cssSelector("#lineage .member"))).hasSize(11);
        browser.findElement(By.cssSelector("#lineage .folded button")).sendKeys(Keys.ENTER);
        assertThat(browser.findElements(By.cssSelector("#lineage > li > .member"))).hasSize(32);
        assertThat(browser.switchTo().activeElement().getText()).startsWith("birth ");
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
