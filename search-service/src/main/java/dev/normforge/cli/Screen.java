package dev.normforge.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where progress is seen: a terminal, whose block is redrawn in place, or a log, which gets a line now and then. */
final class Screen {

    static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int USUAL_WIDTH = 100;
    private static final String UP = "\033[%dA";
    private static final String ERASE_BELOW = "\033[J";

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private final InstantSource clock;
    private int drawn;
    private Instant lastLine = Instant.MIN;
    private @Nullable String lastPhase;

    Screen(PrintStream out, boolean terminal, int width, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
        this.clock = clock;
    }

    /** What this process writes its progress to. */
    static Screen of(PrintStream out) {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Screen(out, terminal, terminal ? terminalWidth() : USUAL_WIDTH, InstantSource.system());
    }

    void show(Shown progress) {
        if (terminal) {
            draw(progress.block(width));
            return;
        }
        var now = clock.instant();
        var phase = progress.phase();
        if (!phase.equals(lastPhase) || !now.isBefore(lastLine.plus(BETWEEN_LINES))) {
            out.println(progress.line());
            out.flush();
            lastPhase = phase;
            lastLine = now;
        }
    }

    /** A line that stays, above the block. */
    void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Takes the block away: what follows are results. */
    void erase() {
        if (drawn > 0) {
            out.print(UP.formatted(drawn) + "\r" + ERASE_BELOW);
            out.flush();
            drawn = 0;
        }
    }

    private void draw(List<String> lines) {
        var text = new StringBuilder();
        if (drawn > 0) {
            text.append(UP.formatted(drawn)).append('\r').append(ERASE_BELOW);
        }
        lines.forEach(line -> text.append(line).append('\n'));
        out.print(text);
        out.flush();
        drawn = lines.size();
    }

    private static int terminalWidth() {
        try {
            var process = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
            var size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (process.waitFor(1, TimeUnit.SECONDS) && size.matches("\\d+ [1-9]\\d*")) {
                return Math.max(40, Integer.parseInt(size.substring(size.indexOf(' ') + 1)));
            }
        } catch (IOException e) {
            // no stty: the usual width
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_WIDTH;
    }
}
