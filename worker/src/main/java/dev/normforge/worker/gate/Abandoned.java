package dev.normforge.worker.gate;

/** Nobody waits for this evaluation any more: it ends without an outcome. */
public final class Abandoned extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Abandoned() {
        super("abandoned", null, false, false);
    }
}
