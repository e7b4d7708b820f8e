package dev.normforge;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings the tables to this program's version. Those of a newer program are left alone: Flyway would only warn. */
@Configuration(proxyBeanMethods = false)
class SchemaVersion {

    @Bean
    FlywayMigrationStrategy migration() {
        return SchemaVersion::migrate;
    }

    /** @throws IllegalStateException in one line, if a newer program has set the tables up */
    static void migrate(Flyway flyway) {
        var migrations = flyway.info();
        var newer = Arrays.stream(migrations.applied()).filter(one -> one.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getVersion).max(Comparable::compareTo);
        if (newer.isPresent()) {
            var known = Arrays.stream(migrations.all()).filter(one -> one.getState().isResolved())
                    .map(MigrationInfo::getVersion).max(Comparable::compareTo);
            throw new IllegalStateException(
                    "the tables are of schema version %s, expected at most %s: a newer NormForge has set them up; use that one, or another --home or --database"
                            .formatted(newer.get(), known.map(Object::toString).orElse("none")));
        }
        flyway.migrate();
    }
}
