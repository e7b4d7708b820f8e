package dev.normforge.worker;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the database until it answers, and says once when it stops answering and once when it answers again. */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final int GROWTH = 2;
    private static final int CLASS = 2;

    private final Duration first;
    private final Duration longest;
    private boolean out;

    /**
     * @param first pause after a failure; doubled each time
     * @param longest pause
     */
    Outages(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** A question to the database. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SQLException;
    }

    /** The worker is stopping: no answer came in time. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * @param stopping ends the waiting
     * @throws SQLException where asking again would not help
     */
    <T> T answer(BooleanSupplier stopping, Question<T> question) throws SQLException, StoppedException {
        var pause = first;
        while (true) {
            try {
                T answer = question.ask();
                answered();
                return answer;
            } catch (SQLException failure) {
                if (kind(failure) != Kind.PASSES) {
                    throw failure;
                }
                failed(failure);
            }
            if (stopping.getAsBoolean()) {
                throw new StoppedException();
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            }
            pause = pause.multipliedBy(GROWTH).compareTo(longest) < 0 ? pause.multipliedBy(GROWTH) : longest;
        }
    }

    /** The database did not answer. */
    synchronized void failed(SQLException failure) {
        if (!out) {
            out = true;
            LOG.warn("the database does not answer ({}): trying again until it does", UserError.oneLine(failure));
        }
    }

    /** The database answered. */
    synchronized void answered() {
        if (out) {
            out = false;
            LOG.warn("the database answers again");
        }
    }

    /** What a refusal of the database means. */
    enum Kind {
        /** It is away, full or busy, or lost a race: asking again helps. */
        PASSES,
        /** It does not take what it was given. */
        DATA,
        /** This program, its login or its tables are wrong: nothing that is asked would be answered. */
        ENVIRONMENT
    }

    /** By the class of its SQL state; the pool's time-out has no state at all. */
    static Kind kind(SQLException failure) {
        var state = failure.getSQLState();
        if (state == null || state.length() < CLASS) {
            return Kind.PASSES;
        }
        return switch (state.substring(0, CLASS)) {
            case "08", "25", "40", "53", "55", "57", "58" -> Kind.PASSES;
            case "22", "23" -> Kind.DATA;
            default -> Kind.ENVIRONMENT;
        };
    }
}
