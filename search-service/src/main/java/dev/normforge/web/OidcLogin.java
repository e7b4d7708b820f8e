package dev.normforge.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** The login of accounts of an OpenID Connect issuer, by Spring Security; what it grants beyond who they are is thrown away. */
@Component
class OidcLogin {

    private static final String ID = "oidc";
    static final String BEGINS = "/oauth2/authorization/" + ID;
    private static final String PAGE = "/login.html";

    private final WebSettings.Oidc oidc;
    private final Admission admission;
    private final Sessions sessions;

    OidcLogin(WebSettings settings, Admission admission, Sessions sessions) {
        this.oidc = settings.oidc();
        this.admission = admission;
        this.sessions = sessions;
    }

    void offer(HttpSecurity http) {
        if (oidc.issuer() != null) {
            http.oauth2Login(login -> login.loginPage(PAGE).clientRegistrationRepository(registrations())
                    .authorizedClientRepository(new KeepsNothing()).successHandler(this::arrived)
                    .failureHandler((_, response, _) -> response.sendRedirect(PAGE + "?refused=issuer")));
        }
    }

    /** Asks the issuer for its addresses at the first login, not at the start: a search goes on without an issuer. */
    private ClientRegistrationRepository registrations() {
        var issuer = Objects.requireNonNull(oidc.issuer());
        return new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(
                ClientRegistrations.fromIssuerLocation(issuer).registrationId(ID)
                        .clientId(Objects.requireNonNull(oidc.clientId())).clientSecret(oidc.secretOfClient())
                        .scope("openid", "email").build()));
    }

    private void arrived(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var account = account(authentication.getPrincipal());
        if (account == null || admission.role(account).isEmpty()) {
            sessions.end(request);
            response.sendRedirect(PAGE + "?refused=account");
        } else {
            sessions.begin(account, request, response);
            response.sendRedirect("/");
        }
    }

    private Identity.@Nullable Account account(@Nullable Object principal) {
        if (!(principal instanceof OidcUser user)) {
            return null;
        }
        var email = Boolean.TRUE.equals(user.getEmailVerified()) ? user.getEmail() : null;
        return new Identity.Account(Objects.requireNonNull(oidc.issuer()), Objects.requireNonNull(user.getSubject()),
                email);
    }

    /** Tokens of the issuer open nothing here. */
    private static final class KeepsNothing implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"})
        public <T extends OAuth2AuthorizedClient> T loadAuthorizedClient(String registration, Authentication principal,
                HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
                HttpServletRequest request, HttpServletResponse response) {
        }

        @Override
        public void removeAuthorizedClient(String registration, Authentication principal, HttpServletRequest request,
                HttpServletResponse response) {
        }
    }
}
