package dev.normforge.web;

import dev.normforge.access.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The login of a browser: a cookie for a token. Programs send their key with every request and need none of this. */
@RestController
@RequestMapping(path = SessionApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "session")
class SessionApi {

    static final String PATH = "/api/v1/session";

    private final Admission admission;
    private final FailedLogins failures;
    private final LoginProblems problems;
    private final Sessions sessions;
    private final WebSettings settings;

    SessionApi(Admission admission, FailedLogins failures, LoginProblems problems, Sessions sessions,
            WebSettings settings) {
        this.admission = admission;
        this.failures = failures;
        this.problems = problems;
        this.sessions = sessions;
        this.settings = settings;
    }

    /**
     * Who asks.
     *
     * @param name null where nobody is logged in
     * @param role what they may do
     * @param secret whether a configured secret logs in
     * @param oidc where a login at the OpenID Connect issuer begins; null where none is configured
     */
    record View(@Nullable String name, @Nullable Role role, boolean secret, @Nullable String oidc) {
    }

    /** @param token of a link, or a key, or the configured secret */
    record Login(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token) {
    }

    static boolean isLogin(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().equals(PATH);
    }

    @GetMapping
    @Operation(summary = "Who is logged in, and how one can log in")
    @SecurityRequirements
    View read(HttpServletRequest request) {
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            // Looking at it is what sends the cookie.
            token.getToken();
        }
        return view(SecurityContextHolder.getContext().getAuthentication());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Log a browser in", description = "Needs the cookie XSRF-TOKEN that GET sends, and its value as header X-XSRF-TOKEN. The token of a link is used up.", requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Login.class))))
    @ApiResponse(responseCode = "200", description = "logged in", useReturnTypeSchema = true)
    @SecurityRequirements
    @Nullable
    ResponseEntity<View> create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var fields = OrderBody.fields(OrderBody.bytes(request.getInputStream()));
        fields.onlyThese(Set.of("token"));
        var token = fields.requiredText("token").strip();
        var wait = failures.wait(request.getRemoteAddr());
        if (wait.isPresent()) {
            problems.tooMany(response, wait.get());
            return null;
        }
        var identity = admission.browser(token);
        if (identity.isEmpty()) {
            failures.failed(request.getRemoteAddr());
            throw Refusal.of(HttpStatus.UNAUTHORIZED, "token", "unknown, used or over",
                    "the token of a link that was not used, a key, or the secret of this service");
        }
        return ResponseEntity.ok(view(sessions.begin(identity.get(), request, response)));
    }

    @DeleteMapping
    @Operation(summary = "Log out")
    @ApiResponse(responseCode = "204", description = "logged out")
    ResponseEntity<Void> delete(HttpServletRequest request) {
        sessions.end(request);
        return ResponseEntity.noContent().build();
    }

    private View view(@Nullable Authentication authentication) {
        var role = admission.role(authentication).orElse(null);
        return new View(role == null || authentication == null ? null : authentication.getName(), role,
                admission.hasSecret(), settings.oidc().issuer() == null ? null : OidcLogin.BEGINS);
    }
}
