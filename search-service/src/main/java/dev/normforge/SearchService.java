package dev.normforge;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application: coordinator, REST and page. Without {@code spring.datasource.url} it keeps its own PostgreSQL in
 * {@code normforge.home}; {@code normforge.workers} says how many worker processes it forks.
 */
@SpringBootApplication
public class SearchService {
}
