package dev.normforge.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a search's births ended, in the order of a candidate's life.
 *
 * @param rows every birth that ended is counted in exactly one row outside stage AUDIT; AUDIT rows count those of them that
 *        were trained to the end all the same
 */
public record Funnel(List<Row> rows) {

    public Funnel {
        rows = List.copyOf(rows);
    }

    /** Stages in the order of a candidate's life. */
    public enum Stage {
        STATIC, PROBE, STACK, SEEN, STABILITY, QUALITY, NUMERIC, TIME, FAILED, INHERITED, SCORED, AUDIT;

        /** Whether births counted here were handed to a worker. */
        public boolean trained() {
            return switch (this) {
                case STABILITY, QUALITY, NUMERIC, TIME, FAILED, SCORED -> true;
                case STATIC, PROBE, STACK, SEEN, INHERITED, AUDIT -> false;
            };
        }

        /** The trained stages as a list for SQL. */
        static String trainedInSql() {
            return Arrays.stream(values()).filter(Stage::trained).map(stage -> "'" + stage + "'")
                    .collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * @param stage where
     * @param reason why
     * @param count births
     * @param stepsSpent training steps on them
     * @param stepsSaved steps of their full training that were not needed
     */
    public record Row(Stage stage, String reason, long count, long stepsSpent, long stepsSaved) {
    }

    /**
     * Rejections of the trained stages that happened at one anchor.
     *
     * @param count births, counted in the stage's row as well
     * @param stepsSaved of their full trainings
     */
    public record AtAnchor(Stage stage, String reason, String anchor, long count, long stepsSaved) {
    }

    /** Births that ended. */
    public long births() {
        return rows.stream().filter(row -> row.stage() != Stage.AUDIT).mapToLong(Row::count).sum();
    }

    /** Births handed to a worker. */
    public long trained() {
        return rows.stream().filter(row -> row.stage().trained()).mapToLong(Row::count).sum();
    }

    public long count(Stage stage) {
        return rows.stream().filter(row -> row.stage() == stage).mapToLong(Row::count).sum();
    }

    public long stepsSpent() {
        return rows.stream().mapToLong(Row::stepsSpent).sum();
    }

    public long stepsSaved() {
        return rows.stream().mapToLong(Row::stepsSaved).sum();
    }
}
