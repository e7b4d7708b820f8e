package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.cli.Home.Hold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two searches on one home would each make the other's wait. */
class HomeIsHeldOnceTest {

    @Test
    void theSecondIsToldWhoHoldsIt(@TempDir Path folder) {
        try (var first = Home.hold(folder, Hold.ALONE)) {
            assertThat(first.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> Home.hold(folder, Hold.ALONE)).isInstanceOf(UserError.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void servicesShareItButNoSearchJoinsThem(@TempDir Path folder) {
        var one = Home.hold(folder, Hold.SHARED);
        assertThatThrownBy(() -> Home.hold(folder, Hold.ALONE)).isInstanceOf(UserError.class);
        one.close();
    }

    @Test
    void itIsFreeAgainAfterwards(@TempDir Path folder) {
        Home.hold(folder, Hold.ALONE).close();
        Home.hold(folder, Hold.ALONE).close();
    }

    @Test
    void lookingWhetherItCanBeWrittenLeavesNothing(@TempDir Path folder) throws IOException {
        Home.writable("--home", folder);

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
