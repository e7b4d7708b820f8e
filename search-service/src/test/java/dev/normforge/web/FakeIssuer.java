package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID Connect issuer that logs in, without a question, whoever the test says is there. */
final class FakeIssuer implements AutoCloseable {

    private static final int RSA_BITS = 2048;
    private static final long LIFE_MILLIS = 60_000;

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private volatile Account present = new Account("nobody", "", false);

    /** Who sits before the browser. */
    record Account(String subject, String email, boolean verified) {
    }

    FakeIssuer() throws IOException, JOSEException {
        key = new RSAKeyGenerator(RSA_BITS).keyID("test").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, Map.of("issuer",
                address(),
                "authorization_endpoint", address() + "/authorize", "token_endpoint", address() + "/token", "jwks_uri",
                address() + "/keys", "subject_types_supported", new String[]{"public"}, "response_types_supported",
                new String[]{"code"}, "id_token_signing_alg_values_supported", new String[]{"RS256"})));
        server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void sits(Account account) {
        present = account;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = "code-" + nonces.size();
        nonces.put(code, asked.getOrDefault("nonce", ""));
        exchange.getResponseHeaders().set("Location",
                "%s?code=%s&state=%s".formatted(asked.get("redirect_uri"), code, asked.get("state")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var asked = parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var now = System.currentTimeMillis();
        var claims = new JWTClaimsSet.Builder().issuer(address()).subject(present.subject()).audience("normforge")
                .issueTime(new Date(now)).expirationTime(new Date(now + LIFE_MILLIS))
                .claim("nonce", nonces.remove(asked.get("code"))).claim("email", present.email())
                .claim("email_verified", present.verified()).build();
        var signed = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
        try {
            signed.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
        answer(exchange,
                Map.of("access_token", "opens-nothing", "token_type", "Bearer", "id_token", signed.serialize()));
    }

    private static Map<String, String> parameters(String encoded) {
        return Stream.of(encoded.split("&")).map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> URLDecoder.decode(one[1], UTF_8)));
    }

    private static void answer(HttpExchange exchange, Object json) throws IOException {
        var body = JsonMapper.shared().writeValueAsBytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
