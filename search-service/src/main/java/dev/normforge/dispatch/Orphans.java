package dev.normforge.dispatch;

import dev.normforge.queue.EvaluationQueue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Workers of this machine whose process is gone and whom nobody saw go, because their service was killed with them: what
 * they were training is given back without waiting for missed heartbeats.
 */
final class Orphans {

    /** As of a process that somebody killed. */
    private static final int KILLED = 137;
    /** A service that lives reports its own children sooner than this. */
    private static final int SECONDS_SINCE_SEEN = 4;

    private final JdbcClient jdbc;
    private final EvaluationQueue queue;

    Orphans(JdbcClient jdbc, EvaluationQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    private record Process(String name, long pid) {
    }

    /** @return names of those that were found */
    List<String> giveBack() throws SQLException {
        var gone = jdbc.sql("""
                select name, pid from worker
                 where stopped_at is null and host = :host
                   and seen_at < clock_timestamp() - make_interval(secs => :seconds)""")
                .param("host", host()).param("seconds", SECONDS_SINCE_SEEN)
                .query((row, _) -> new Process(row.getString(1), row.getLong(2))).list().stream()
                .filter(process -> ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isEmpty())
                .map(Process::name).toList();
        for (var name : gone) {
            queue.exited(name, KILLED);
        }
        return gone;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
