package dev.normforge.web;

import dev.normforge.access.AccessKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Programs: {@code Authorization: Bearer KEY}. Where it stands, cookies count for nothing; so such requests need no token
 * against forgery, which no other site can add this header to.
 */
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Admission admission;
    private final FailedLogins failures;
    private final LoginProblems problems;

    BearerFilter(Admission admission, FailedLogins failures, LoginProblems problems) {
        this.admission = admission;
        this.failures = failures;
        this.problems = problems;
    }

    static boolean concerns(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!concerns(request)) {
            chain.doFilter(request, response);
            return;
        }
        var text = request.getHeader(HttpHeaders.AUTHORIZATION).substring(SCHEME.length()).strip();
        var wait = failures.wait(request.getRemoteAddr());
        // Keys cannot be guessed: good ones go on working beside somebody who tries to guess the secret.
        if (wait.isPresent() && !AccessKeys.looksLikeOne(text)) {
            problems.tooMany(response, wait.get());
            return;
        }
        var identity = admission.program(text);
        if (identity.isEmpty()) {
            failures.failed(request.getRemoteAddr());
            problems.unknown(response);
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(Admission.authentication(identity.get()));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
