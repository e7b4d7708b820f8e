package dev.normforge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.json.JsonMapper;

/** A real browser for each test, where one is installed (Debian: chromium and chromium-driver); else the test is skipped. */
public final class TestBrowser implements BeforeEachCallback, AfterEachCallback {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final JsonMapper JSON = JsonMapper.shared();

    private @Nullable ChromeDriver driver;

    @Override
    public void beforeEach(ExtensionContext context) {
        assumeTrue(BROWSER.canExecute() && DRIVER.canExecute(), "no browser: /usr/bin/chromium and chromedriver");
        var options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--window-size=1440,1500");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    public ChromeDriver driver() {
        return Objects.requireNonNull(driver, "no test has begun");
    }

    /** @param condition JavaScript that returns true once it holds */
    public void await(String condition) {
        new WebDriverWait(driver(), Duration.ofSeconds(15)).withMessage(condition)
                .until(_ -> Boolean.TRUE.equals(driver().executeScript(condition)));
    }

    public void dark() {
        media("prefers-color-scheme", "dark");
    }

    /** What the reader's system asks for. */
    public void media(String feature, String value) {
        driver().executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** {@code target/screenshots/NAME.png} */
    public void screenshot(String name) throws IOException {
        // Two frames, so that what the last change drew is on screen.
        driver().executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
        var folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), driver().getScreenshotAs(OutputType.BYTES));
    }

    /** What its console holds. */
    public List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
    }

    /** Every address that it has asked for. */
    public List<String> requested() {
        return driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> JSON.readTree(entry.getMessage()).get("message"))
                .filter(message -> message.get("method").stringValue().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request/url").stringValue()).toList();
    }
}
