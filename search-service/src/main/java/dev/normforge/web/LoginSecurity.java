package dev.normforge.web;

import dev.normforge.access.Role;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * Who may ask for what. Pages, their scripts and styles are open and hold nothing; everything else needs a login: reading
 * that of a viewer, all that changes something that of an operator. What is not named here is closed.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
class LoginSecurity {

    private static final String[] PAGES = {"/", "/*.html", "/icon.svg", "/js/**", "/css/**", "/_static/**"};

    @Bean
    FailedLogins failedLogins() {
        return new FailedLogins(InstantSource.system());
    }

    @Bean
    @ConditionalOnWebApplication
    SecurityFilterChain login(HttpSecurity http, Admission admission, FailedLogins failures, LoginProblems problems,
            OidcLogin oidc) {
        http.csrf(csrf -> csrf.csrfTokenRepository(forgeryTokens())
                .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                .ignoringRequestMatchers(BearerFilter::concerns))
                .addFilterBefore(new BearerFilter(admission, failures, problems), AnonymousAuthenticationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                // Answers say themselves how long they hold; other headers are set by Access, for refused requests too.
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable))
                .requestCache(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable).httpBasic(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> roles(requests, admission));
        oidc.offer(http);
        return http.build();
    }

    private static void roles(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            Admission admission) {
        // A request that was let in is dispatched again for its error, and for what it answers later.
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll()
                .requestMatchers(HttpMethod.GET, PAGES).permitAll()
                .requestMatchers(HttpMethod.HEAD, PAGES).permitAll()
                .requestMatchers(HttpMethod.GET, SessionApi.PATH).permitAll()
                .requestMatchers(HttpMethod.POST, SessionApi.PATH).permitAll()
                .requestMatchers(HttpMethod.DELETE, SessionApi.PATH).access(needs(Role.VIEWER, admission))
                .requestMatchers(HttpMethod.GET, "/**").access(needs(Role.VIEWER, admission))
                .requestMatchers(HttpMethod.HEAD, "/**").access(needs(Role.VIEWER, admission))
                .anyRequest().access(needs(Role.OPERATOR, admission));
    }

    private static AuthorizationManager<RequestAuthorizationContext> needs(Role role, Admission admission) {
        return (authentication, _) -> new AuthorizationDecision(
                admission.role(authentication.get()).filter(held -> held.includes(role)).isPresent());
    }

    /** Pages read this cookie, which {@link SessionApi} hands out, and repeat it in a header, which other sites cannot. */
    private static CookieCsrfTokenRepository forgeryTokens() {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }
}
