package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.net.URLEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** Rows that no order could make, but a hand at the database could: pages show them as text, files keep their form. */
class HostileTextRunsInPagesTest extends ServiceUnderTest {

    private static final String IMAGE = "<img src=x onerror=window.hacked=1>";
    private static final String SCRIPT = "</td><script>window.hacked=2</script>'\"&{a|b}";

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private String name;
    private int birth;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38);
        // Its own first letters, of which the stored hash is made.
        name = search.name + IMAGE;
        int parent = search.born(search.name + SCRIPT, null);
        search.stands(parent, search.arrives(parent, 0.45, 0.31, 0.32));
        birth = search.born(name, parent);
        search.stands(birth, search.arrives(birth, 0.40, 0.41, 0.42));
        search.rejected(search.born("x", null));
        search.funnel("QUALITY", IMAGE, 3, 5, 6);
        search.worker(IMAGE + search.name, search.ordered(search.born("abs(x)", null)));
        jdbc.sql("update worker set host = :text, device = :text").param("text", IMAGE).update();
        jdbc.sql("""
                update search set name = :name, study = :text, arm = :script, preset = :text, ending_note = :script
                 where id = :id
                """).param("name", name).param("text", IMAGE).param("script", SCRIPT).param("id", search.id).update();
    }

    private void open(String address, String shown) {
        browser.get(origin() + address);
        chromium.await(shown);
    }

    private String encoded() {
        return URLEncoder.encode(name, UTF_8);
    }

    private String text(String css) {
        return browser.findElement(By.cssSelector(css)).getText();
    }

    /** Other tests read these rows too. */
    @AfterEach
    void nothingRan() {
        assertThat(browser.executeScript("return window.hacked ?? null")).isNull();
        assertThat(browser.findElements(By.cssSelector("img[src='x'], td script, [onerror]"))).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
        jdbc.sql("delete from worker").update();
        jdbc.sql("delete from search where id = :id").param("id", search.id).update();
    }

    @Test
    void theListShowsIt() {
        open("/", "return document.querySelectorAll('.card').length > 0");
        assertThat(text("#searches")).contains(name, "<img src=x onerror=window.hacked=1>/" + SCRIPT);
    }

    @Test
    void aSearchAndItsDialogShowIt() {
        open("/search.html?name=" + encoded(),
                "return document.querySelectorAll('#members tr[data-birth]').length === 2 "
                        + "&& document.getElementById('workers').textContent.includes('onerror')");
        assertThat(text("#name")).isEqualTo(name);
        assertThat(text("#facts")).contains(IMAGE, SCRIPT);
        assertThat(text("#members")).contains(IMAGE, SCRIPT);
        var csv = String.valueOf(browser.findElement(By.id("csv")).getAttribute("href"));
        assertThat(get(csv.substring(origin().length())).raw().body()).contains(name, SCRIPT.replace("\"", "\"\""));
        assertThat(text("#best-body")).contains(IMAGE);
        assertThat(text("#funnel")).contains("<img src=x onerror=window.hacked=1> 3");
        assertThat(text("#workers")).contains(IMAGE);
        browser.findElement(By.cssSelector("#points summary")).click();
        chromium.await("return document.getElementById('scored').textContent.includes('onerror')");
        browser.findElement(By.cssSelector("#members tr[data-birth='%d'] button".formatted(birth))).click();
        chromium.await("return document.getElementById('layer').open");
        assertThat(text("#layer > .formula")).isEqualTo(name);
    }

    @Test
    void aFinishedSearchShowsIt() {
        search.finished(birth, IMAGE);
        jdbc.sql("update search set report = jsonb_set(report, '{sentence}', to_jsonb(:text::text)) where id = :id")
                .param("text", SCRIPT).param("id", search.id).update();
        open("/search.html?name=" + encoded(), "return !document.getElementById('result').hidden");
        assertThat(text("#sentence")).isEqualTo(SCRIPT);
        assertThat(text("#confirmed")).contains(IMAGE);
    }

    @Test
    void searchesBesideEachOtherShowIt() {
        open("/compare.html?study=" + URLEncoder.encode(IMAGE, UTF_8),
                "return (document.body.dataset.shown || '').endsWith(' 1')");
        browser.findElement(By.cssSelector("#choose summary")).click();
        assertThat(text("#choices")).contains(name, IMAGE, SCRIPT);
        assertThat(text("#keys")).contains(SCRIPT);
        assertThat(text("#found")).contains(name, SCRIPT);
    }

    @Test
    void aLayersPageAndFilesShowIt() {
        open("/layer.html?search=%s&birth=%d".formatted(encoded(), birth),
                "return document.body.dataset.shown === 'all'");
        assertThat(text("#text")).isEqualTo(name);
        assertThat(text("#back")).isEqualTo(name);
        // By name, since every preview draws the list anew.
        var files = browser.findElements(By.cssSelector("#exports button")).stream()
                .map(button -> button.getAttribute("data-file")).toList();
        assertThat(files).hasSizeGreaterThan(8);
        for (var file : files) {
            browser.findElement(By.cssSelector("[data-file='%s']".formatted(file))).click();
            chromium.await("return document.querySelector('#preview h3')?.textContent === '%s'".formatted(file));
        }
        assertThat(browser.findElement(By.id("refused")).isDisplayed()).isFalse();
    }

    @Test
    void anAddressThatNamesNothingShowsIt() {
        open("/search.html?name=" + encoded() + "x", "return !document.getElementById('missing').hidden");
        assertThat(text("#missing-why")).contains(name + "x");
        // The browser's own word for the answer 404.
        assertThat(chromium.complaints()).allMatch(line -> line.contains("404"));
    }
}
