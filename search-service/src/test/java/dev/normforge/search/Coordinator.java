package dev.normforge.search;

import dev.normforge.comparison.ComparisonReading;
import dev.normforge.dispatch.Dispatch;
import dev.normforge.report.SearchCurves;
import dev.normforge.report.SearchSummaries;
import dev.normforge.simulation.SimulatedWorker;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** All that advances searches, as a service has it, on a database of one's own choosing and without a clock that ticks. */
final class Coordinator implements AutoCloseable {

    static final EvolutionPhase.Pace UNHURRIED = new EvolutionPhase.Pace(Duration.ofMinutes(10), System::nanoTime,
            200_000);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    Coordinator(DataSource dataSource, EvolutionPhase.Pace pace) {
        context.setAllowBeanDefinitionOverriding(true);
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("normforge.ticker.enabled", "false")));
        context.scan("dev.normforge.search", "dev.normforge.comparison", "dev.normforge.dispatch",
                "dev.normforge.report");
        context.registerBean(DataSource.class, () -> dataSource);
        context.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        context.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("pace", pace));
        context.refresh();
    }

    Coordinator(DataSource dataSource) {
        this(dataSource, UNHURRIED);
    }

    Advance advance() {
        return context.getBean(Advance.class);
    }

    Searches searches() {
        return context.getBean(Searches.class);
    }

    Comparisons comparisons() {
        return context.getBean(Comparisons.class);
    }

    ComparisonReading reading() {
        return context.getBean(ComparisonReading.class);
    }

    Replays replays() {
        return context.getBean(Replays.class);
    }

    Tournaments tournaments() {
        return context.getBean(Tournaments.class);
    }

    Dispatch dispatch() {
        return context.getBean(Dispatch.class);
    }

    SearchSummaries summaries() {
        return context.getBean(SearchSummaries.class);
    }

    SearchCurves curves() {
        return context.getBean(SearchCurves.class);
    }

    JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    /** Steps and lets the worker work until the search is finished. */
    Ending finish(SearchId id, SimulatedWorker worker) {
        return finish(id, worker, 10_000);
    }

    Ending finish(SearchId id, SimulatedWorker worker, int mostSteps) {
        for (int i = 0; i < mostSteps; i++) {
            if (advance().advance(id) instanceof Step.Finished(var ending)) {
                return ending;
            }
            worker.work(1);
        }
        throw new AssertionError("search %s is not finished after %d steps".formatted(id, mostSteps));
    }

    /** Until the search reaches a phase. */
    void until(SearchId id, Phase phase, SimulatedWorker worker) {
        for (int i = 0; i < 10_000 && searches().get(id).phase().compareTo(phase) < 0; i++) {
            advance().advance(id);
            worker.work(1);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
