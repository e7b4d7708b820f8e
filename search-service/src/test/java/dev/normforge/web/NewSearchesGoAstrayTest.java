package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;

/** The form says what is wrong where it is wrong, and orders what it shows, once. */
class NewSearchesGoAstrayTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private final String name = "form-" + UUID.randomUUID();
    private ChromeDriver browser;

    @BeforeEach
    void open() {
        browser = loggedIn(chromium);
        browser.get(origin() + "/new.html");
        settled();
    }

    /** The service has answered about what stands in the fields. */
    private void settled() {
        chromium.await("return document.body.dataset.checked !== undefined");
    }

    private WebElement field(String path) {
        return browser.findElement(By.id("field-" + path));
    }

    private void type(String path, String text) {
        browser.executeScript("const d = arguments[0].closest('details'); if (d) d.open = true", field(path));
        field(path).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    /** What a screen reader reads with the field. */
    private String described(String path) {
        return String.valueOf(browser.executeScript("""
                return arguments[0].getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id))
                  .filter(one => !one.hidden).map(one => one.textContent).join(' ')""", field(path)));
    }

    private void awaitProblem(String path, String text) {
        chromium.await(
                """
                        const field = document.getElementById('field-%s'), said = document.getElementById('field-%1$s-problem');
                        return field.getAttribute('aria-invalid') === 'true' && !said.hidden && said.textContent.includes('%s')"""
                        .formatted(path, text));
    }

    private long searches() {
        return jdbc.sql("select count(*) from search").query(Long.class).single();
    }

    private void arrived(String search) {
        chromium.await(
                "return location.pathname === '/search.html' && new URLSearchParams(location.search).get('name') "
                        + "=== '%s' && !document.getElementById('page').hidden".formatted(search));
    }

    @Test
    void whatIsWrongIsSaidBesideItsFieldWhileOneTypes() {
        long before = searches();
        type("strategy.window", "1");
        awaitProblem("strategy.window", "is 1, expected 2 to 1000000");
        type("budget.minutes", "soon");
        awaitProblem("budget.minutes", "is \"soon\", expected a number");
        type("name", "a name");
        awaitProblem("name", "expected 1 to 100 letters");
        assertThat(described("strategy.window")).contains("expected 2 to 1000000", "youngest scored layers");
        assertThat(browser.findElement(By.id("summary")).getText()).contains("3 things", "Window", "Minutes", "Name");
        type("strategy.window", "32");
        chromium.await("return document.querySelectorAll('[aria-invalid]').length === 2");
        assertThat(described("strategy.window")).doesNotContain("expected");
        browser.findElement(By.id("create")).click();
        chromium.await("return document.activeElement.getAttribute('aria-invalid') === 'true'");
        assertThat(searches()).as("nothing was created").isEqualTo(before);
    }

    /** The name was free while one typed. */
    @Test
    void aRefusalOfTheServiceStandsBesideItsField() {
        type("name", name);
        chromium.await(
                "return !document.querySelector('[aria-invalid]') && document.querySelectorAll('#plan dt').length > 3");
        post("/api/v1/searches", "{\"name\": \"%s\", \"preset\": \"smoke\"}".formatted(name));
        browser.findElement(By.id("create")).click();
        awaitProblem("name", "exists with");
        chromium.await("return document.activeElement.id === 'field-name'");
        assertThat(described("name")).contains("choose another name");
    }

    @Test
    void twoClicksCreateOneSearch() {
        type("name", name);
        browser.executeScript("""
                const button = document.getElementById('create');
                button.click();
                button.click();
                button.form.requestSubmit();""");
        arrived(name);
        assertThat(keys()).isEqualTo(1);
        assertThat(chromium.complaints()).isEmpty();
    }

    private long keys() {
        return jdbc.sql("select count(*) from idempotency where search_id = (select id from search where name = :name)")
                .param("name", name).query(Long.class).single();
    }

    /** The order came through, its answer did not: another try is the same order. */
    @Test
    void anAnswerThatIsLostCreatesNoSecondSearch() {
        type("name", name);
        browser.executeScript("""
                const fetched = window.fetch;
                window.sent = [];
                window.fetch = async (address, options) => {
                  if (!String(address).endsWith('/searches')) return fetched(address, options);
                  window.sent.push(new Headers(options.headers).get('Idempotency-Key'));
                  const answer = await fetched(address, options);
                  if (window.sent.length === 1) throw new TypeError('connection lost');
                  document.title = window.sent.join(' ');
                  return new Promise(() => {});
                };""");
        browser.findElement(By.id("create")).click();
        chromium.await("return !document.getElementById('unreachable').hidden");
        assertThat(searchesOf(name)).isEqualTo(1);
        browser.findElement(By.id("create")).click();
        chromium.await("return window.sent.length === 2 && document.title.includes('\"')");
        var sent = browser.getTitle().split(" ");
        assertThat(sent[0]).isEqualTo(sent[1]).matches("\"[0-9a-f]{32}\"");
        assertThat(searchesOf(name)).isEqualTo(1);
        assertThat(keys()).isEqualTo(1);
    }

    private long searchesOf(String prefix) {
        return jdbc.sql("select count(*) from search where starts_with(name, :name)").param("name", prefix)
                .query(Long.class).single();
    }

    @Test
    void whatIsShownIsWhatIsOrdered() {
        browser.findElement(By.cssSelector("#presets input[value='smoke']")).click();
        new Select(field("strategy.freshProbability")).selectByValue("random");
        new Select(field("proxy.data.name")).selectByValue("synthetic");
        field("space.batchIndependent").click();
        type("seed", "9007199254740993");
        type("budget.candidates", "11");
        type("arm", "random");
        type("study", "fig-10");
        chromium.await(
                "return document.getElementById('field-name').value === 'smoke-random-synthetic-seed9007199254740993'");
        assertThat(browser.findElement(By.id("plan")).getText()).contains("2 trainings", "11 candidates",
                "Random search");
        browser.findElement(By.id("create")).click();
        arrived("smoke-random-synthetic-seed9007199254740993");
        var detail = read("/api/v1/searches/smoke-random-synthetic-seed9007199254740993");
        assertThat(detail.at("/spec/strategy/freshProbability").doubleValue()).isEqualTo(1);
        assertThat(detail.at("/spec/proxy/data/name").stringValue()).isEqualTo("synthetic");
        assertThat(detail.at("/spec/space/batchIndependent").booleanValue()).isTrue();
        assertThat(detail.at("/spec/seed").longValue()).isEqualTo(9_007_199_254_740_993L);
        assertThat(detail.at("/spec/budget/candidates").intValue()).isEqualTo(11);
        assertThat(detail.at("/spec/proxy/anchors")).hasSize(2);
        assertThat(detail.at("/search/study").stringValue()).isEqualTo("fig-10");
        assertThat(detail.at("/search/arm").stringValue()).isEqualTo("random");
    }

    @Test
    void fieldsAndTextShowOneSpecification() {
        browser.findElement(By.cssSelector("#expert summary")).click();
        var text = browser.findElement(By.id("spec"));
        browser.executeScript(
                """
                        const spec = arguments[0];
                        spec.value = spec.value.replace('"window": 64', '"window": 48').replace('"width": 0.125', '"width": -2');
                        spec.dispatchEvent(new Event('input'));""",
                text);
        chromium.await("return document.getElementById('field-strategy.window').value === '48'");
        chromium.await("return document.getElementById('spec-problem').textContent.includes('proxy.anchors')");
        assertThat(text.getAttribute("aria-invalid")).isEqualTo("true");
        assertThat(text.getAttribute("aria-describedby")).contains("spec-problem");
        text.sendKeys(Keys.chord(Keys.CONTROL, Keys.END), Keys.BACK_SPACE);
        chromium.await("return document.getElementById('spec-problem').textContent.includes('This is no JSON')");
        text.sendKeys("}");
        chromium.await("return document.getElementById('spec-problem').textContent.includes('proxy.anchors')");
        type("strategy.window", "40");
        assertThat(text.getAttribute("value")).contains("\"window\": 40", "\"width\": -2");
    }
}
