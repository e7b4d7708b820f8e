package dev.normforge.embedded;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data source of a service that was given none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.datasource.url:}'.isEmpty()")
class EmbeddedDatabase {

    private static final String UNPACKAGED = "development";
    private static final int POOL = 10;

    @Bean(destroyMethod = "close")
    EmbeddedPostgres embeddedPostgres(@Value("${normforge.home}") Path home) {
        var version = EmbeddedDatabase.class.getPackage().getImplementationVersion();
        return EmbeddedPostgres.in(home, version == null ? UNPACKAGED : version);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(EmbeddedPostgres postgres) {
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setMaximumPoolSize(POOL);
        config.setPoolName("normforge");
        return new HikariDataSource(config);
    }
}
