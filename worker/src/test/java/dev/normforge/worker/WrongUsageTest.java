package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option out of its range is told in one line, and scripts see exit code 2, not that of a failure. */
class WrongUsageTest {

    private record Ran(int exit, String err) {

        static Ran worker(String... arguments) {
            var err = new StringWriter();
            var line = WorkerMain.commandLine();
            line.setErr(new PrintWriter(err, true));
            return new Ran(line.execute(arguments), err.toString().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate relu --preset lap", "evaluate relu --anchors resnext", "evaluate relu --steps 0",
            "evaluate relu --steps -1", "evaluate relu --seed x", "evaluate relu --data mnist",
            "worker --database jdbc:postgresql://127.0.0.1:1/x --poll-millis 0",
            "worker --database jdbc:postgresql://127.0.0.1:1/x --heartbeat-seconds NaN",
            "worker --database jdbc:postgresql://127.0.0.1:1/x --stall-seconds -1", "bench training --steps 0",
            "bench training --layer rleu",
            "bench training --data synthetic --preset smoke --anchor resnext",
            "bench separation --seeds 1", "bench separation --preset lap"})
    void namesTheOption(String arguments) {
        var words = arguments.split(" ");
        var ran = Ran.worker(words);

        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(words[words.length - 2]).doesNotContain("\n").doesNotContain("Exception");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        var ran = Ran.worker("worker", "--database", "jdbc:postgresql://nobody.invalid/x?password=secret");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no host nobody.invalid").doesNotContain("secret", "\n");
    }
}
