package dev.normforge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what other web sites send through a visitor's browser, before anybody's login is looked at. A foreign Host is DNS
 * rebinding, a foreign Origin on a changing request is forgery. A service for other machines that knows no names of its own
 * takes every Host: a rebound name has no cookie of ours. Every answer forbids its page to load or run anything that is not
 * ours.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Access extends OncePerRequestFilter {

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final boolean anyHost;
    private final JsonMapper json;

    Access(WebSettings settings, Listening listening, JsonMapper json) {
        this.hosts = settings.hosts();
        this.anyHost = hosts.isEmpty() && listening.toOtherMachines();
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (request.getRequestURI().startsWith("/api/")) {
            response.setHeader("Cache-Control", "private, no-cache");
        }
        var refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            answer(response, refusal);
        }
    }

    private @Nullable Refusal refusal(HttpServletRequest request) {
        var host = request.getHeader("Host");
        var name = host == null ? "" : withoutPort(host);
        if (!anyHost && !LOOPBACK.contains(name) && !hosts.contains(name)) {
            return Refusal.of(HttpStatus.MISDIRECTED_REQUEST, "Host", host,
                    "localhost, 127.0.0.1, [::1] or a name in normforge.web.hosts");
        }
        var origin = request.getHeader("Origin");
        if (!READING.contains(request.getMethod()) && origin != null && !sameOrigin(origin, String.valueOf(host))) {
            return Refusal.of(HttpStatus.FORBIDDEN, "Origin", origin, "this service's own pages");
        }
        return null;
    }

    private void answer(HttpServletResponse response, Refusal refusal) throws IOException {
        ProblemDetail problem = refusal.problem();
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean sameOrigin(String origin, String host) {
        try {
            return host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }
}
