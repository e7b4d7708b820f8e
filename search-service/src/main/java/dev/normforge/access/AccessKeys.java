package dev.normforge.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keys of programs. A key's text is shown once, when it is made. */
@Repository
public class AccessKeys {

    private static final String PREFIX = "nfkey_";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,59}");

    private final JdbcClient jdbc;

    AccessKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param revokedAt null while it is good */
    public record Key(String name, Role role, Instant createdAt, @Nullable Instant revokedAt) {
    }

    /**
     * Makes a key.
     *
     * @return its text, which is nowhere kept
     * @throws IllegalArgumentException if the name is malformed or a key that is good has it
     */
    public String create(String name, Role role) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name is %s, expected up to 60 letters, digits, '.', '_', '@' and '-'".formatted(name));
        }
        var text = Secret.fresh(PREFIX);
        try {
            jdbc.sql("insert into access_key (name, role, digest) values (:name, :role, :digest)").param("name", name)
                    .param("role", role.name()).param("digest", Secret.digest(text)).update();
        } catch (DuplicateKeyException taken) {
            throw new IllegalArgumentException("name is %s, expected one that no key has".formatted(name), taken);
        }
        return text;
    }

    /** Whether a text may be a key at all; others need not be looked up. */
    public static boolean looksLikeOne(String text) {
        return text.startsWith(PREFIX);
    }

    /** The key whose text has this {@linkplain Secret#digest digest}, unless it is revoked. */
    public Optional<Key> find(byte[] digest) {
        return jdbc.sql("""
                select name, role, created_at, revoked_at from access_key where digest = :digest and revoked_at is null
                """).param("digest", digest).query((row, _) -> key(row)).optional();
    }

    /** All that were ever made, oldest first. */
    public List<Key> list() {
        return jdbc.sql("select name, role, created_at, revoked_at from access_key order by id")
                .query((row, _) -> key(row)).list();
    }

    private static Key key(ResultSet row) throws SQLException {
        var revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new Key(row.getString("name"), Role.valueOf(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    /** @return whether there was a good key of this name */
    public boolean revoke(String name) {
        return jdbc.sql("""
                update access_key set revoked_at = clock_timestamp() where name = :name and revoked_at is null
                """).param("name", name).update() > 0;
    }
}
