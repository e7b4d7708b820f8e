package dev.normforge.web;

import dev.normforge.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers for those who are not let in, as problems. */
@Component
class LoginProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Admission admission;
    private final JsonMapper json;

    LoginProblems(Admission admission, JsonMapper json) {
        this.admission = admission;
        this.json = json;
    }

    /** Nobody is logged in. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        unauthorized(response, Refusal.of(HttpStatus.UNAUTHORIZED, HttpHeaders.AUTHORIZATION, "missing",
                "Bearer and a key, or a browser that is logged in"));
    }

    /** Somebody is, but may not do this; a login that was taken back is none. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        var role = admission.role(SecurityContextHolder.getContext().getAuthentication());
        if (why instanceof CsrfException && (role.isPresent() || SessionApi.isLogin(request))) {
            write(response, Refusal.of(HttpStatus.FORBIDDEN, "X-XSRF-TOKEN",
                    request.getHeader("X-XSRF-TOKEN") == null ? "missing" : "another",
                    "the value of the cookie XSRF-TOKEN").problem());
        } else if (role.isPresent()) {
            write(response, Refusal.of(HttpStatus.FORBIDDEN, "role", role.get(), Role.OPERATOR.name()).problem());
        } else {
            unauthorized(response, Refusal.of(HttpStatus.UNAUTHORIZED, HttpHeaders.AUTHORIZATION, "missing",
                    "Bearer and a key, or a browser that is logged in"));
        }
    }

    void unknown(HttpServletResponse response) throws IOException {
        unauthorized(response, Refusal.of(HttpStatus.UNAUTHORIZED, HttpHeaders.AUTHORIZATION,
                "no key that is good", "Bearer and a key that was made by 'normforge keys create'"));
    }

    void tooMany(HttpServletResponse response, Duration wait) throws IOException {
        long seconds = wait.toSeconds() + 1;
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        write(response, Refusal.because(HttpStatus.TOO_MANY_REQUESTS,
                "too many failed logins from this address, expected none for %d s".formatted(seconds)).problem());
    }

    private void unauthorized(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(response, refusal.problem());
    }

    private void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
