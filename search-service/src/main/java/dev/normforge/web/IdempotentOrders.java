package dev.normforge.web;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders that come with an {@code Idempotency-Key}, as the IETF's draft has it: the same key and the same body get the same
 * answer, for a day; another body is refused. What was refused is not kept, so that it may be mended and sent again.
 */
@Component
class IdempotentOrders {

    static final Duration KEPT = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;

    IdempotentOrders(JdbcClient jdbc, PlatformTransactionManager transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.json = json;
    }

    /**
     * What an order brought.
     *
     * @param fresh whether it created something
     * @param view of what it created or found
     */
    record Ordered(long id, boolean fresh, String location, Object view) {
    }

    private record Kept(byte[] fingerprint, int status, String location, String answer) {
        ResponseEntity<String> response() {
            return ResponseEntity.status(status).location(URI.create(location))
                    .contentType(MediaType.APPLICATION_JSON).body(answer);
        }
    }

    /**
     * @param resource which list the order adds to: a key counts there alone
     * @param key null for an order that came without one
     * @param order what to do, at most once for each key
     * @throws Refusal where the key came with another body
     */
    ResponseEntity<String> answer(String resource, @Nullable String key, byte[] body, Supplier<Ordered> order) {
        var fingerprint = sha256(body);
        var kept = key == null
                ? kept(fingerprint, order.get())
                : transactions.execute(_ -> once(resource, key, fingerprint, order));
        if (kept == null) {
            throw new IllegalStateException("the transaction of an order returned nothing");
        }
        if (!Arrays.equals(kept.fingerprint(), fingerprint)) {
            throw Refusal.of(HttpStatus.UNPROCESSABLE_CONTENT, IdempotencyKey.HEADER, key,
                    "a key that came with no other body in the last 24 hours");
        }
        return kept.response();
    }

    /** Of several requests with one key the first inserts its row; the others wait for its transaction, then read it. */
    private Kept once(String resource, String key, byte[] fingerprint, Supplier<Ordered> order) {
        forget();
        boolean first = jdbc.sql("""
                insert into idempotency (resource, key, fingerprint) values (:resource, :key, :fingerprint)
                on conflict do nothing""")
                .param("resource", resource).param("key", key).param("fingerprint", fingerprint).update() == 1;
        if (!first) {
            return find(resource, key).orElseThrow(() -> Refusal.conflict(IdempotencyKey.HEADER, key,
                    "the same request once more: the answer to the first was deleted just now"));
        }
        var ordered = order.get();
        var kept = kept(fingerprint, ordered);
        jdbc.sql("""
                update idempotency set search_id = :id, status = :status, location = :location, answer = :answer
                 where resource = :resource and key = :key""")
                .param("id", ordered.id()).param("status", kept.status()).param("location", kept.location())
                .param("answer", kept.answer()).param("resource", resource).param("key", key).update();
        return kept;
    }

    /** Each passes over what another one is deleting: they would wait for each other. */
    private void forget() {
        jdbc.sql("""
                delete from idempotency where (resource, key) in (
                  select resource, key from idempotency
                   where created_at < clock_timestamp() - make_interval(secs => :seconds) for update skip locked)""")
                .param("seconds", KEPT.toSeconds()).update();
    }

    private Optional<Kept> find(String resource, String key) {
        return jdbc.sql("""
                select fingerprint, status, location, answer from idempotency
                 where resource = :resource and key = :key""").param("resource", resource).param("key", key)
                .query((row, _) -> new Kept(row.getBytes("fingerprint"), row.getInt("status"),
                        row.getString("location"), row.getString("answer")))
                .optional();
    }

    private Kept kept(byte[] fingerprint, Ordered ordered) {
        return new Kept(fingerprint, (ordered.fresh() ? HttpStatus.CREATED : HttpStatus.OK).value(), ordered.location(),
                json.writeValueAsString(ordered.view()));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
