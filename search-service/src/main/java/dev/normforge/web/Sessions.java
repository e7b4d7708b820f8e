package dev.normforge.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.stereotype.Component;

/**
 * Logins of browsers, kept in PostgreSQL by Spring Session, so that they outlive the service. Browsers send a host's cookies
 * to all of its ports; so the cookie's name has the port, and several services on a machine do not log each other out.
 */
@Component
class Sessions implements CookieSerializer {

    private static final String COOKIE = "normforge-";

    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final Map<Integer, DefaultCookieSerializer> cookies = new ConcurrentHashMap<>();
    private final int seconds;

    /** @param life of a login that is not used; the cookie itself ends then, too */
    Sessions(@Value("${spring.session.timeout}") Duration life) {
        this.seconds = Math.toIntExact(life.toSeconds());
    }

    /** A login always gets a fresh session: one that somebody else may have prepared in this browser is over. */
    Authentication begin(Identity identity, HttpServletRequest request, HttpServletResponse response) {
        end(request);
        var authentication = Admission.authentication(identity);
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return authentication;
    }

    void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    @Override
    public void writeCookieValue(CookieValue value) {
        of(value.getRequest()).writeCookieValue(value);
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return of(request).readCookieValues(request);
    }

    private DefaultCookieSerializer of(HttpServletRequest request) {
        return cookies.computeIfAbsent(request.getServerPort(), port -> {
            var serializer = new DefaultCookieSerializer();
            serializer.setCookieName(COOKIE + port);
            serializer.setCookiePath("/");
            serializer.setUseHttpOnlyCookie(true);
            // Not Strict: the answer of an OpenID Connect issuer comes from another site.
            serializer.setSameSite("Lax");
            serializer.setCookieMaxAge(seconds);
            return serializer;
        });
    }
}
