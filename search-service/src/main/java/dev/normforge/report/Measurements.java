package dev.normforge.report;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Settled trainings of a search, by purpose. Test counts are not among them. */
@Repository
public class Measurements {

    private final JdbcClient jdbc;

    Measurements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of calibration, in order of evaluation. */
    public List<Measurement> ofCalibration(long search) {
        throw new UnsupportedOperationException("not yet " + jdbc + search);
    }

    /** All of one confirmation round, candidates and references, in order of evaluation. */
    public List<Measurement> ofConfirmation(long search, int round) {
        throw new UnsupportedOperationException("not yet " + search + round);
    }
}
