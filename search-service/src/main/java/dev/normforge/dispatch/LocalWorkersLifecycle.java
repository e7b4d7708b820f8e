package dev.normforge.dispatch;

import com.zaxxer.hikari.HikariDataSource;
import dev.normforge.queue.EvaluationQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Starts the worker processes after the tables are there, and stops them before the database. */
@Component
@ConditionalOnExpression("${normforge.workers:0} > 0")
class LocalWorkersLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWorkersLifecycle.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final int count;
    private final String jar;
    private final LocalFitness fitness;
    private @Nullable LocalWorkers workers;
    private @Nullable Orphanage orphanage;

    LocalWorkersLifecycle(HikariDataSource dataSource, JdbcClient jdbc, @Value("${normforge.workers}") int count,
            @Value("${normforge.worker.jar:}") String jar, LocalFitness fitness) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.count = count;
        this.jar = jar;
        this.fitness = fitness;
    }

    @Override
    public void start() {
        var queue = new EvaluationQueue(dataSource);
        var command = new WorkerCommand(WorkerJar.find(jar), dataSource.getJdbcUrl(), dataSource.getUsername(),
                dataSource.getPassword());
        var started = new LocalWorkers(command::process, queue);
        started.start(count);
        workers = started;
        fitness.of(started);
        orphanage = new Orphanage(new Orphans(jdbc, queue));
    }

    /** Looks for orphans on a thread of its own. */
    private static final class Orphanage implements AutoCloseable {
        private final CountDownLatch end = new CountDownLatch(1);
        private final Orphans orphans;

        Orphanage(Orphans orphans) {
            this.orphans = orphans;
            Thread.ofVirtual().name("orphans").start(this::watch);
        }

        private void watch() {
            try {
                do {
                    look();
                } while (!end.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            try {
                orphans.giveBack().forEach(name -> LOG.info("worker {} is gone", name));
            } catch (SQLException | RuntimeException e) { // the next look may do better
                LOG.debug("looking for orphans: {}", e.getMessage());
            }
        }

        @Override
        public void close() {
            end.countDown();
        }
    }

    @Override
    public void stop() {
        if (orphanage != null) {
            orphanage.close();
            orphanage = null;
        }
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }

    @Override
    public boolean isRunning() {
        return workers != null;
    }
}
