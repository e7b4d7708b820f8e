package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A typing mistake costs the user one line that names it, and scripts see exit code 2. */
class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"serch | serch", "search --seed x | --seed",
            "search --minutes 3 --steps 4 | --minutes",
            "search --minutes -1 | minutes is -1.0", "search --candidates 0 | candidates is 0",
            "search --workers 0 | --workers is 0",
            "search --port 70000 | --port is 70000", "search --data cifar100 | --data",
            "search --preset lap | --preset is lap",
            "search --name a/b | --name is a/b", "searches | --seeds", "searches --seeds 1,1 | --seeds", "show | LAYER",
            "show relu relu | relu", "bench | screening", "bench speed | speed", "replay | SEARCH",
            "serve --workers -1 | --workers is -1", "export relu --format tf | --format is tf",
            "export relu --name ../x | --name is ../x", "export relu --channels 0 | --channels is 0"})
    void isOneLineThatNamesTheMistake(String arguments, String named) {
        var ran = Ran.normforge(arguments.split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().strip()).contains(named).doesNotContain("\n").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "searches", "serve", "show", "layers", "replay", "doctor", "export", "compare",
            "report", "bench",
            "bench screening"})
    void helpIsNoFailure(String command) {
        var ran = Ran.normforge((command + " --help").split(" "));

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Usage: normforge " + command);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aLayerThatIsNeitherNameNorFileFails() {
        var ran = Ran.normforge("show", "bn-rleu");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().strip()).contains("layer is bn-rleu", "bn-relu, ", "native-bn-relu, ", "frn-tlu")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "compare", "search"})
    void noFileGoesToTheFolderThatOneHappensToStandIn(String command, @TempDir Path folder) {
        var ran = command.equals("export")
                ? Ran.normforge("export", "relu", "--out", "")
                : Ran.normforge(command, "--home", folder.toString(), "--out", "", command.equals("compare")
                        ? "frozen"
                        : "--random");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().strip()).contains("--out is empty, expected a folder").doesNotContain("\n");
    }

    @Test
    void aLayerThatIsWrittenByHandIsNotExported() {
        var ran = Ran.normforge("export", "bcn-relu");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().strip()).contains("layer is bcn-relu, which is written by hand", "evonorm-s2")
                .doesNotContain("frn-tlu");
    }

    @Test
    void aFolderIsNoLayer(@TempDir Path folder) {
        var ran = Ran.normforge("show", folder.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().strip()).contains(folder.toString(), "expected a file").doesNotContain("\n");
    }

    @Test
    void aHomeThatIsAFileFailsBeforeAnythingIsDone(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("home"));

        assertThatThrownBy(() -> Home.hold(file, Home.Hold.ALONE)).isInstanceOf(UserError.class)
                .hasMessageContaining("--home is " + file);
    }
}
