package dev.normforge.access;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tokens that log a browser in, once. */
@Repository
public class LoginLinks {

    /** Of a link that nobody opens. */
    public static final Duration LIFE = Duration.ofHours(24);
    private static final String PREFIX = "nflink_";

    private final JdbcClient jdbc;

    LoginLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the token, which is nowhere kept; forgets links that are long over */
    public String create(Role role) {
        var token = Secret.fresh(PREFIX);
        jdbc.sql("""
                with over as (delete from login_link where expires_at < clock_timestamp() - interval '30 days')
                insert into login_link (role, digest, expires_at)
                values (:role, :digest, clock_timestamp() + :seconds * interval '1 second')
                """).param("role", role.name()).param("digest", Secret.digest(token))
                .param("seconds", LIFE.toSeconds()).update();
        return token;
    }

    /** What the token allows; empty if it was used, is over or never was. Of two that use it at once one gets it. */
    public Optional<Role> use(String token) {
        return token.startsWith(PREFIX)
                ? jdbc.sql("""
                        update login_link set used_at = clock_timestamp()
                        where digest = :digest and used_at is null and expires_at > clock_timestamp() returning role
                        """).param("digest", Secret.digest(token)).query(String.class).optional().map(Role::valueOf)
                : Optional.empty();
    }

    /** @return how many logins of browsers there were */
    public int endAllLogins() {
        return jdbc.sql("delete from spring_session where principal_name is not null").update();
    }
}
