package dev.normforge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.Presets;
import dev.normforge.search.Searches;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.core.simple.JdbcClient;

class ServiceRunsOnItsOwnDatabaseTest {

    @Test
    void aSearchIsAdvancedWithoutAConfiguredDatabaseAndSurvivesARestart(@TempDir Path home) {
        long id;
        try (var context = application(home).run()) {
            id = context.getBean(Searches.class).create("first", Presets.read("smoke"), null, null).id().value();
            var jdbc = context.getBean(JdbcClient.class);
            var deadline = Instant.now().plus(Duration.ofSeconds(30));
            while (jdbc.sql("select count(*) from scheduled_tasks").query(Integer.class).single() < 2) {
                assertThat(Instant.now()).as("deadline").isBefore(deadline);
                Thread.onSpinWait();
            }
        }

        try (var context = application(home).run()) {
            var summary = context.getBean(Searches.class).find("first").orElseThrow();
            assertThat(summary.id().value()).isEqualTo(id);
            assertThat(summary.revision()).isPositive();
        }
    }

    private static SpringApplication application(Path home) {
        var application = new SpringApplication(SearchService.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of());
        application.addInitializers(context -> context.getEnvironment().getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource("test",
                        Map.of("normforge.home", home.toString(), "logging.level.root", "WARN"))));
        return application;
    }
}
