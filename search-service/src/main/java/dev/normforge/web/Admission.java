package dev.normforge.web;

import dev.normforge.access.AccessKeys;
import dev.normforge.access.LoginLinks;
import dev.normforge.access.Role;
import dev.normforge.access.Secret;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/** Lets people and programs in, and says with every request what they may do now. */
@Component
class Admission {

    private static final HexFormat HEX = HexFormat.of();

    private final AccessKeys keys;
    private final LoginLinks links;
    private final byte @Nullable [] secret;
    private final WebSettings.Oidc oidc;

    Admission(AccessKeys keys, LoginLinks links, WebSettings settings) {
        this.keys = keys;
        this.links = links;
        this.secret = settings.operatorSecret().map(Secret::digest).orElse(null);
        this.oidc = settings.oidc();
    }

    boolean hasSecret() {
        return secret != null;
    }

    /** What programs send with every request: a key, or the configured secret. */
    Optional<Identity> program(String text) {
        var digest = Secret.digest(text);
        if (secret != null && MessageDigest.isEqual(secret, digest)) {
            return Optional.of(new Identity.Configured(HEX.formatHex(digest)));
        }
        return AccessKeys.looksLikeOne(text)
                ? keys.find(digest).map(key -> new Identity.Key(key.name(), HEX.formatHex(digest)))
                : Optional.empty();
    }

    /** What a browser is logged in with: also the token of a link, which is used up by it. */
    Optional<Identity> browser(String text) {
        return program(text).or(() -> links.use(text).map(Identity.Link::new));
    }

    /** What an identity allows at this moment; empty where it allows nothing any more. */
    Optional<Role> role(Identity identity) {
        return switch (identity) {
            case Identity.Link link -> Optional.of(link.role());
            case Identity.Key key -> keys.find(HEX.parseHex(key.digest())).map(AccessKeys.Key::role);
            case Identity.Configured known -> secret != null && known.digest().equals(HEX.formatHex(secret))
                    ? Optional.of(Role.OPERATOR)
                    : Optional.empty();
            case Identity.Account account -> role(account);
        };
    }

    private Optional<Role> role(Identity.Account account) {
        if (!Objects.equals(account.issuer(), oidc.issuer())) {
            return Optional.empty();
        }
        if (names(oidc.operators(), account)) {
            return Optional.of(Role.OPERATOR);
        }
        return names(oidc.viewers(), account) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private static boolean names(Set<String> listed, Identity.Account account) {
        var email = account.email();
        return listed.contains("*") || listed.contains(account.subject())
                || (email != null
                        && (listed.contains(email) || listed.contains(email.substring(email.lastIndexOf('@')))));
    }

    /** Empty where nobody is logged in, or somebody who may do nothing any more. */
    Optional<Role> role(@Nullable Authentication authentication) {
        return authentication != null && authentication.isAuthenticated()
                && authentication.getPrincipal() instanceof Identity identity ? role(identity) : Optional.empty();
    }

    static Authentication authentication(Identity identity) {
        var authentication = new PreAuthenticatedAuthenticationToken(identity, "", Set.of());
        authentication.setAuthenticated(true);
        return authentication;
    }
}
