package dev.normforge.search;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of a coordinator that are not components of themselves. */
@Configuration(proxyBeanMethods = false)
class SearchWiring {

    @Bean
    EvolutionPhase.Pace pace() {
        return EvolutionPhase.Pace.USUAL;
    }
}
