package dev.normforge.web;

import dev.normforge.access.Role;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * As whom somebody came in. It is kept in the session without a role, but for links: what a key, a secret or an account
 * allows is looked up with every request, so that taking it away holds at once.
 */
sealed interface Identity extends AuthenticatedPrincipal, Serializable {

    /** By a link that was printed by this program. */
    record Link(Role role) implements Identity {
        private static final long serialVersionUID = 1;

        @Override
        public String getName() {
            return "link";
        }
    }

    /** @param digest of the key, hexadecimal */
    record Key(String name, String digest) implements Identity {
        private static final long serialVersionUID = 1;

        @Override
        public String getName() {
            return "key " + name;
        }
    }

    /** @param digest of the configured secret at that time, hexadecimal */
    record Configured(String digest) implements Identity {
        private static final long serialVersionUID = 1;

        @Override
        public String getName() {
            return "secret";
        }
    }

    /**
     * An account of the OpenID Connect issuer.
     *
     * @param email only where the issuer says that it is verified
     */
    record Account(String issuer, String subject, @Nullable String email) implements Identity {
        private static final long serialVersionUID = 1;

        @Override
        public String getName() {
            return email == null ? subject : email;
        }
    }
}
