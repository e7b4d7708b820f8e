package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.access.Role;
import dev.normforge.testing.TestBrowser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a viewer may not do is not on the pages; what an operator may do is. */
class ViewersAreOfferedOrdersTest extends ServiceUnderTest {

    @RegisterExtension
    private final TestBrowser chromium = new TestBrowser();

    private void look(Role role, boolean offered) {
        var search = new StoredSearch(jdbc, "cifar10");
        var browser = loggedIn(chromium, role);
        chromium.await("return document.querySelectorAll('.card').length > 0");
        shown("a[href='/new.html']", offered);
        browser.get(origin() + "/search.html?name=" + search.name);
        chromium.await("return document.querySelectorAll('#orders button').length === 2");
        chromium.await("return document.documentElement.dataset.role === '%s'".formatted(role));
        shown("#orders", offered);
        browser.get(origin() + "/comparisons.html");
        chromium.await("return document.documentElement.dataset.role === '%s'".formatted(role));
        shown("#ordering", offered);
        assertThat(chromium.complaints()).isEmpty();
    }

    private void shown(String css, boolean offered) {
        var found = chromium.driver().findElements(By.cssSelector(css));
        assertThat(found).isNotEmpty();
        var displayed = found.stream().map(WebElement::isDisplayed).toList();
        assertThat(displayed.contains(true)).as(css).isEqualTo(offered);
    }

    @Test
    void aViewerSeesNoOrders() {
        look(Role.VIEWER, false);
    }

    @Test
    void anOperatorSeesThem() {
        look(Role.OPERATOR, true);
    }
}
