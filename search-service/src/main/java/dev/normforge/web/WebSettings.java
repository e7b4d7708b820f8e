package dev.normforge.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in from elsewhere.
 *
 * @param hosts further names under which the service may be addressed, without port
 * @param secret whoever knows it is an operator
 * @param secretFile holds it instead, in its first line
 * @param oidc an OpenID Connect issuer whose accounts may log in
 */
@ConfigurationProperties("normforge.web")
record WebSettings(@DefaultValue Set<String> hosts, @Nullable String secret, @Nullable Path secretFile,
        @DefaultValue Oidc oidc) {

    private static final int SHORTEST_SECRET = 16;

    WebSettings {
        hosts = Set.copyOf(hosts);
    }

    /**
     * An issuer, and which of its accounts may do what: the subject or verified address of one, {@code @example.org} for all
     * with such an address, {@code *} for all. Nobody else is let in.
     */
    record Oidc(@Nullable String issuer, @Nullable String clientId, @Nullable String clientSecret,
            @Nullable Path clientSecretFile, @DefaultValue Set<String> operators, @DefaultValue Set<String> viewers) {

        Oidc {
            issuer = given(issuer);
            operators = Set.copyOf(operators);
            viewers = Set.copyOf(viewers);
            if (issuer != null && given(clientId) == null) {
                throw new IllegalArgumentException(
                        "normforge.web.oidc.client-id is missing, expected this service's name at " + issuer);
            }
            if (issuer != null && operators.isEmpty() && viewers.isEmpty()) {
                throw new IllegalArgumentException(
                        "normforge.web.oidc.operators is empty, expected accounts of %s, or viewers".formatted(issuer));
            }
        }

        String secretOfClient() {
            return held("normforge.web.oidc.client-secret", clientSecret, clientSecretFile).orElse("");
        }
    }

    /** @throws IllegalArgumentException if it is too short to withstand guessing, or its file cannot be read */
    Optional<String> operatorSecret() {
        var held = held("normforge.web.secret", secret, secretFile);
        held.filter(text -> text.length() < SHORTEST_SECRET).ifPresent(text -> {
            throw new IllegalArgumentException("normforge.web.secret has %d characters, expected at least %d"
                    .formatted(text.length(), SHORTEST_SECRET));
        });
        return held;
    }

    private static Optional<String> held(String property, @Nullable String text, @Nullable Path file) {
        if (given(text) != null || file == null || file.toString().isBlank()) {
            return Optional.ofNullable(given(text));
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty());
        } catch (IOException | UncheckedIOException e) {
            // No cause: programs print the first one, and this says it all.
            throw new IllegalArgumentException(
                    "%s-file is %s, expected a readable file: %s".formatted(property, file, e));
        }
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
