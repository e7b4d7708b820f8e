package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.search.SimulatedTraining;
import dev.normforge.testing.TestBrowser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Every page by the rules of WCAG 2.1, levels A and AA, and axe's own: wide and narrow, light and dark. */
class PagesShutPeopleOutTest extends ServiceUnderTest {

    private static final String CURVES = """
            {"spent": {"steps": 240}, "scores": [
              {"anchor": "resnet", "curve": [{"step": 1, "loss": 2.3}, {"step": 80, "loss": 1.4}]},
              {"anchor": "mobilenetv2", "curve": [{"step": 1, "loss": 2.4}, {"step": 80, "loss": 1.7}]}]}
            """;

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    @Autowired
    private ApplicationContext service;

    private ChromeDriver browser;
    private Axe axe;
    private StoredSearch search;
    private final List<String> faults = new ArrayList<>();
    private int parent;
    private int child;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        axe = new Axe(chromium);
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.365, 0.35, 0.24);
        parent = search.born("x * sigmoid(v1 * x) / std_whc/g(x) + x * sigmoid(v1 * x) / std_whc/g(x) * rms_whc(x)",
                null);
        search.stands(parent, search.arrives(parent, 0.44, 0.31, 0.32));
        child = search.born("x * sigmoid(x)", parent);
        search.stands(child, search.arrives(child, 0.40, 0.41, 0.42));
        search.arrives(search.born("tanh(x)", null), 0.30, 0.31, 0.32);
        search.rejected(search.born("sqrt(x)", null));
        search.funnel("STATIC", "CONSTANT_OVER_SPACE", 310, 0, 0);
        search.funnel("QUALITY", "high-loss", 24, 1200, 4200);
        search.funnel("SCORED", "scored", 36, 8640, 0);
        search.worker("axe-" + search.name, search.ordered(search.born("abs(x)", null)));
        jdbc.sql("update outcome set detail = :detail::jsonb where search_id = :id").param("detail", CURVES)
                .param("id", search.id).update();
        search.set("births = 541, active_ms = 187000, active_at = clock_timestamp()");
    }

    private void open(String address, String shown) {
        browser.get(origin() + address);
        chromium.await(shown);
    }

    private void running() {
        open("/search.html?name=" + search.name,
                "return document.querySelectorAll('#members tr[data-birth]').length === 2 "
                        + "&& document.getElementById('workers').textContent.includes('33 of 80')");
    }

    private void layer(String query) {
        open("/layer.html?" + query, "return document.body.dataset.shown === 'all'");
    }

    private void look(String page) {
        axe.faults().forEach(fault -> faults.add(page + ", " + fault));
    }

    /** All at once, so that nobody mends a page in ten runs. */
    @AfterEach
    void nothingStandsInTheWay() {
        assertThat(faults).isEmpty();
    }

    @Test
    void theListOfSearches() {
        open("/",
                "return document.querySelectorAll('.card').length > 0 && document.querySelectorAll('#published a').length > 0");
        look("filled list");
        browser.executeScript(
                "document.getElementById('unreachable').hidden = false; document.getElementById('more').hidden = false");
        look("list of a service that does not answer");
        jdbc.sql("delete from search where kind = 'SEARCH'").update();
        open("/",
                "return !document.getElementById('none').hidden && document.querySelectorAll('#published a').length > 0");
        look("empty list");
    }

    @Test
    void theLogin() {
        open("/", "return document.getElementById('log-out') !== null");
        browser.findElement(By.id("log-out")).click();
        chromium.await("return location.pathname === '/login.html' && !document.getElementById('page').hidden");
        look("login");
        browser.findElement(By.id("token")).sendKeys("wrong");
        browser.findElement(By.id("enter")).click();
        chromium.await("return !document.getElementById('refused').hidden");
        assertThat(browser.findElement(By.id("refused")).getText()).contains("unknown, used or over");
        look("refused login");
    }

    @Test
    void aRunningSearchAndItsDialog() {
        running();
        browser.findElement(By.cssSelector("#points summary")).click();
        chromium.await("return document.querySelectorAll('#scored tr[data-birth]').length === 3");
        look("running search");
        everyView();
        look("search with every view");
        browser.findElement(By.cssSelector("#members tr[data-birth]")).click();
        chromium.await("return document.getElementById('layer').open");
        look("dialog");
        search.set("intent = 'PAUSE', revision = revision + 1");
        running();
        look("paused search");
    }

    private void everyView() {
        search.volume(1, 1, 0.05);
        search.counted();
        search.ring();
        for (var css : new String[]{"input[value=all]", "input[value=volume]", "[data-layer=intervals]",
                "#members [data-pick]"}) {
            browser.executeScript("document.querySelector(arguments[0]).click()", css);
        }
        browser.executeScript("document.getElementById('traits').scrollIntoView()");
        chromium.await("return document.querySelectorAll('#traits-table tbody tr').length === 19 "
                + "&& document.querySelectorAll('#selected li').length === 1");
    }

    @Test
    void aSearchAtItsEnds() {
        var young = new StoredSearch(jdbc, "cifar10");
        open("/search.html?name=" + young.name, "return !document.getElementById('page').hidden");
        look("young search");
        search.finished(child, "x * sigmoid(x)");
        open("/search.html?name=" + search.name, "return !document.getElementById('result').hidden");
        look("finished search");
    }

    @Test
    void theLayersOfASearch() {
        layer("search=%s&birth=%d".formatted(search.name, child));
        browser.findElement(By.cssSelector("[data-file='layer.py']")).click();
        chromium.await("return document.querySelector('#preview pre') !== null");
        browser.findElement(By.cssSelector("summary")).click();
        look("layer of a search");
        layer("search=%s&birth=%d".formatted(search.name, search.screened("x + 1")));
        look("layer that was screened out");
    }

    @Test
    void aLayerWithItsTournamentBranchesAndEquals() {
        long grown = new SimulatedTraining(service).search("axe-" + search.name, 24, 51).value();
        int mutant = jdbc.sql("select min(parent_birth) from candidate where search_id = :id and parent_birth in "
                + "(select birth from candidate where search_id = :id and parent_birth is not null)").param("id", grown)
                .query(Integer.class).single();
        layer("search=%d&birth=%d".formatted(grown, mutant));
        for (var summary : browser.findElements(By.cssSelector("summary"))) {
            summary.click();
        }
        chromium.await("return [...document.querySelectorAll('ul.branch, .equal tbody')]"
                + ".every(list => list.children.length > 0 || list.parentElement.textContent.includes('None.'))");
        look("layer with its tournament, branches and equals");
    }

    @Test
    void aPublishedLayer() {
        layer("name=evonorm-b0");
        browser.findElement(By.cssSelector("[data-file='layer.tex']")).click();
        chromium.await("return document.querySelector('#preview pre') !== null");
        browser.findElement(By.id("class")).sendKeys("not a class", Keys.TAB);
        chromium.await("return !document.getElementById('refused').hidden");
        look("published layer");
    }

    @Test
    void aNewSearch() {
        open("/new.html", "return document.body.dataset.checked !== undefined");
        look("new search");
        browser.executeScript("document.querySelectorAll('details').forEach(one => { one.open = true; })");
        browser.findElement(By.id("field-strategy.window")).sendKeys("x");
        browser.findElement(By.id("field-name")).sendKeys(" no name");
        chromium.await("return document.querySelectorAll('[aria-invalid]').length === 2");
        look("new search with faults");
    }

    @Test
    void searchesBesideEachOther() {
        open("/compare.html", "return document.querySelectorAll('#choices input').length > 0");
        look("nothing to compare yet");
        for (int i = 0; i < 2; i++) {
            var other = new StoredSearch(jdbc, "synthetic");
            int birth = other.born("tanh(x)", null);
            other.stands(birth, other.arrives(birth, 0.3, 0.3, 0.3 + 0.01 * i));
            jdbc.sql("update search set study = 'axe', arm = 'a' where id in (:ids)")
                    .param("ids", List.of(other.id, search.id)).update();
        }
        var unlike = new StoredSearch(jdbc, "cifar10");
        open("/compare.html?study=axe&searches=" + unlike.name,
                "return (document.body.dataset.shown || '').endsWith(' 4')");
        browser.findElement(By.cssSelector("#points summary")).click();
        browser.findElement(By.cssSelector("#choose summary")).click();
        chromium.await("return document.querySelectorAll('#values tbody tr').length > 0");
        look("compared searches");
    }

    @Test
    void whatDoesNotExist() {
        open("/search.html?name=nosuch", "return !document.getElementById('missing').hidden");
        look("no such search");
        open("/layer.html?name=nosuch", "return !document.getElementById('missing').hidden");
        look("no such layer");
    }
}
