package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A log is no terminal: control characters there, or a line every half second, make it useless. */
class ScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, 100, () -> now);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLogGetsALineEveryTenSecondsAndAtEachPhase() {
        var screen = screen(false);
        screen.show(ProgressBlockTest.progress("CALIBRATION", null, null));
        now = now.plus(Screen.BETWEEN_LINES.minusMillis(1));
        screen.show(ProgressBlockTest.progress("CALIBRATION", null, null));
        screen.show(ProgressBlockTest.progress("EVOLUTION", null, null));
        now = now.plus(Screen.BETWEEN_LINES);
        screen.show(ProgressBlockTest.progress("EVOLUTION", null, null));

        assertThat(written().lines()).hasSize(3).allSatisfy(line -> assertThat(line).doesNotContain("\033"));
    }

    @Test
    void aTerminalsBlockIsDrawnOverTheLastOne() {
        var screen = screen(true);
        var progress = ProgressBlockTest.progress("CALIBRATION", null, null);
        screen.show(progress);
        now = now.plus(Duration.ofMillis(500));
        screen.show(progress);

        int lines = progress.block(100).size();
        assertThat(written()).containsOnlyOnce("\033[%dA\r\033[J".formatted(lines));
    }

    @Test
    void whatIsSaidStaysAndTheBlockGoes() {
        var screen = screen(true);
        screen.show(ProgressBlockTest.progress("CALIBRATION", null, null));
        screen.say("stopping");

        assertThat(written()).endsWith("\033[Jstopping" + System.lineSeparator());
    }
}
