package dev.normforge.worker;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A line on a terminal that says how far each anchor is; nothing where nobody watches. */
final class ProgressLine implements AutoCloseable {

    private static final int EVERY = 5;

    private final PrintWriter terminal;
    private final List<String> anchors;
    private final boolean watched;
    private int width;

    ProgressLine(PrintWriter terminal, List<String> anchors) {
        this.terminal = terminal;
        this.anchors = List.copyOf(anchors);
        var console = System.console();
        this.watched = console != null && console.isTerminal();
    }

    void show(int anchor, int step, int steps) {
        if (watched && (step % EVERY == 0 || step == steps)) {
            replace(String.format(Locale.ROOT, "%s: step %d of %d", anchors.get(anchor), step, steps));
        }
    }

    private void replace(String text) {
        terminal.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        terminal.flush();
        width = text.length();
    }

    /** Leaves an empty line behind. */
    @Override
    public void close() {
        if (width > 0) {
            replace("");
            terminal.print("\r");
            terminal.flush();
            width = 0;
        }
    }
}
