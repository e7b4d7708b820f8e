package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.TestBrowser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;

/** The page of workers in a real browser: what it shows is what the rows say, as text, for everybody, and live. */
class WorkersPageMisleadsTest extends ServiceUnderTest {

    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private ChromeDriver browser;
    private StoredSearch search;
    private int birth;
    private long worker;

    @BeforeEach
    void stored() {
        browser = loggedIn(chromium);
        jdbc.sql("delete from worker").update();
        jdbc.sql("delete from scheduled_tasks").update();
        search = new StoredSearch(jdbc, "synthetic");
        birth = search.born("tanh(x) * v1", null);
        worker = worker("alpha", "clock_timestamp() - interval '20 minutes'");
        jdbc.sql("""
                update proxy set spec = '{"anchors": [{"name": "resnet"}, {"name": "mobilenetv2"}]}'
                 where hash = decode(repeat('00', 32), 'hex')
                """).update();
        jdbc.sql(
                """
                        update worker set evaluation_id = :evaluation, evaluation_since = clock_timestamp() - interval '40 seconds',
                            anchor = 1, step = 33, steps = 80 where id = :id
                        """)
                .param("evaluation", search.ordered(birth)).param("id", worker).update();
        settled("SCORED", 600);
        settled("SCORED", 400);
        settled("REJECTED", 200);
        settled("FAILED", 100);
    }

    private long worker(String name, String started) {
        return jdbc
                .sql("""
                        insert into worker (name, host, pid, device, version, started_at, seen_at)
                        values (:name, :host, 4711, 'cpu, 1 thread', 'test', %s, clock_timestamp() + interval '1 hour') returning id
                        """
                        .formatted(started))
                .param("name", name + "-" + search.name).param("host", HOSTILE)
                .query(Long.class).single();
    }

    private void settled(String kind, int secondsAgo) {
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, worker_id, kind, stage, reason, detail, steps, audit_steps,
                                             saved_steps, device_ms, settled_at)
                        values (:evaluation, :search, :worker, :kind, :stage, :reason, '{}', 240, 0, 0, 45000,
                                clock_timestamp() - make_interval(secs => :ago))
                        """)
                .param("evaluation", search.ordered(search.born("x + " + secondsAgo, null)))
                .param("search", search.id).param("worker", worker).param("kind", kind)
                .param("stage", kind.equals("REJECTED") ? "QUALITY" : null)
                .param("reason", kind.equals("SCORED") ? null : HOSTILE).param("ago", secondsAgo).update();
    }

    private void open() {
        browser.get(origin() + "/workers.html");
        chromium.await("return document.getElementById('timeline').dataset.bars === '5'");
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    private void nothingWentWrong() {
        assertThat(browser.executeScript("return window.hacked ?? null")).isNull();
        assertThat(browser.findElements(By.cssSelector("img[src='x'], [onerror]"))).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.requested()).isNotEmpty()
                .allMatch(url -> url.startsWith(origin() + "/") || url.startsWith("data:"));
    }

    /** Other tests' workers would take them. */
    @AfterEach
    void nothingIsLeftInTheQueue() {
        jdbc.sql("delete from scheduled_tasks").update();
    }

    @Test
    void whatAWorkerDoesAndDidIsShownAndFollowed() throws IOException {
        open();
        assertThat(text("live")).contains("alpha-" + search.name, HOSTILE, "training", "tanh(x) * v1",
                "mobilenetv2, step 33 of 80", "failed: " + HOSTILE);
        assertThat(browser.findElement(By.cssSelector("#live .trains a")).getAttribute("href"))
                .endsWith("/layer.html?search=%s&birth=%d".formatted(search.name, birth));
        assertThat(browser.findElement(By.id("timeline")).getAttribute("aria-label")).contains("1 workers",
                "2 evaluations scored, 1 rejected, 1 failed, 1 in training");
        browser.findElement(By.cssSelector("#settled summary")).click();
        chromium.await("return document.querySelectorAll('#evaluations tbody tr').length === 4");
        assertThat(text("evaluations")).contains("rejected: quality, " + HOSTILE, "45 s");
        assertThat(text("sums")).contains("alpha-" + search.name + " 2 1 1 1 18 %");
        chromium.screenshot("workers-light");

        settled("SCORED", 0);
        jdbc.sql("update worker set step = 77 where id = :id").param("id", worker).update();
        chromium.await("return document.getElementById('timeline').dataset.bars === '6' "
                + "&& document.getElementById('live').textContent.includes('step 77 of 80')");
        assertThat(text("sums")).contains("alpha-" + search.name + " 3 1 1 1");
        new Select(browser.findElement(By.id("minutes"))).selectByValue("5");
        chromium.await("return document.getElementById('timeline').dataset.bars === '4'");
        chromium.dark();
        chromium.screenshot("workers-dark");
        nothingWentWrong();
    }

    @Test
    void aWorkerThatStopsIsListedWithItsReason() {
        open();
        for (int i = 0; i < 12; i++) {
            jdbc.sql("update worker set stopped_at = %s, stop_reason = 'died: exit 134' where id = :id".formatted(
                    "clock_timestamp() - interval '1 hour'")).param("id", worker("old" + i, "clock_timestamp()"))
                    .update();
        }
        jdbc.sql("update worker set stopped_at = clock_timestamp(), stop_reason = :reason where id = :id")
                .param("reason", "unfit: " + HOSTILE).param("id", worker).update();
        chromium.await("return document.getElementById('stopped').textContent.includes('unfit')");
        chromium.await("return !document.getElementById('nobody').hidden");
        assertThat(text("stopped")).contains("unfit: " + HOSTILE, "at birth %d of %s".formatted(birth, search.name),
                "died: exit 134");
        assertThat(browser.findElements(By.cssSelector("#stopped tbody tr"))).hasSize(10);
        browser.findElement(By.id("older")).click();
        chromium.await("return document.querySelectorAll('#stopped tbody tr').length === 13");
        assertThat(browser.findElement(By.id("older")).isDisplayed()).isFalse();
        nothingWentWrong();
    }

    @Test
    void nobodyIsShutOutAndNothingOverflows() {
        open();
        jdbc.sql("update worker set stopped_at = clock_timestamp(), stop_reason = 'hung' where id = :id")
                .param("id", worker("gone", "clock_timestamp()")).update();
        jdbc.sql("update worker set seen_at = clock_timestamp() - interval '1 minute' where id = :id")
                .param("id", worker("silent", "clock_timestamp()")).update();
        jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values ('evaluate.v2', :id, clock_timestamp(), false, 1)
                """).param("id", String.valueOf(search.ordered(search.born("x", null)))).update();
        browser.findElement(By.cssSelector("#settled summary")).click();
        chromium.await("return document.querySelectorAll('#queue tbody tr').length === 1 "
                + "&& document.querySelectorAll('#live tbody tr').length === 2 "
                + "&& document.querySelectorAll('#stopped tbody tr').length === 1");
        assertThat(text("live")).contains("silent");
        assertThat(new Axe(chromium).faults()).isEmpty();
        // Narrower than a window can be.
        for (var page : List.of("/workers.html", "/", "/search.html?name=" + search.name, "/layer.html?name=bn-relu")) {
            browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                    Map.of("width", 400, "height", 900, "deviceScaleFactor", 1, "mobile", false));
            browser.get(origin() + page);
            chromium.await("return (document.querySelector('main:not([hidden]) h1')?.textContent ?? '') !== ''");
            assertThat(browser.executeScript("return document.documentElement.scrollWidth")).as(page)
                    .isEqualTo(400L);
            assertThat(browser.findElements(By.cssSelector(".places a"))).as(page).hasSize(4)
                    .allMatch(link -> link.isDisplayed());
        }
    }
}
