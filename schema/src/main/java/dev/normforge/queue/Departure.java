package dev.normforge.queue;

/** Why worker processes end: the words of {@code worker.stop_reason}. */
public final class Departure {

    /** It was asked to stop, or had nothing more to do. */
    public static final String FINISHED = "finished";
    /** It halted itself because a training made no progress. */
    public static final String HUNG = "hung";
    /** Its heartbeats stopped; nobody saw why. */
    public static final String SILENT = "silent";

    /** It could not train where it was; what follows says why. */
    public static final String UNFIT = "unfit";

    /** The exit code with which a hung worker halts itself. */
    public static final int HUNG_EXIT = 3;
    /** The exit code of a worker that cannot train where it is; its last line says why. */
    public static final int UNFIT_EXIT = 4;

    private static final String DIED = "died: exit ";
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNAL_HANGUP = 1;
    private static final int SIGNAL_INTERRUPT = 2;
    private static final int SIGNAL_KILL = 9;
    private static final int SIGNAL_TERMINATE = 15;

    private Departure() {
    }

    /**
     * The reason of a worker that cannot train where it is: no images, no room for them, a database it does not understand.
     * No layer has a part in it, so that what it gives back does not count as an attempt.
     *
     * @param why in one line
     */
    public static String unfit(String why) {
        return UNFIT + ": " + why;
    }

    /**
     * What an exit code tells. A shell's codes for signals that somebody sends (128 + number) mean that it was killed;
     * other codes above 0, abort (134) among them, that it died of itself.
     */
    public static String ofExit(int code) {
        return switch (code) {
            case 0 -> FINISHED;
            case HUNG_EXIT -> HUNG;
            case UNFIT_EXIT -> UNFIT;
            case SIGNAL_BASE + SIGNAL_HANGUP, SIGNAL_BASE + SIGNAL_INTERRUPT, SIGNAL_BASE + SIGNAL_KILL,
                    SIGNAL_BASE + SIGNAL_TERMINATE ->
                "killed: signal " + (code - SIGNAL_BASE);
            default -> DIED + code;
        };
    }

    /** Whether the worker's own place was to blame, and nothing else. */
    static boolean wasUnfit(String reason) {
        return reason.startsWith(UNFIT);
    }

    /** Whether the layer in training may be what ended the process. */
    static boolean mayBeTheLayersDoing(String reason) {
        return reason.startsWith(DIED) || reason.equals(HUNG);
    }
}
