package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one home would each stop the other's PostgreSQL. */
class HomeIsHeldOnceTest {

    @Test
    void theSecondIsToldWhoHoldsIt(@TempDir Path folder) {
        try (var first = Home.hold(folder)) {
            assertThat(first.folder()).isEqualTo(folder);
            assertThatThrownBy(() -> Home.hold(folder)).isInstanceOf(UserError.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void itIsFreeAgainAfterwards(@TempDir Path folder) {
        Home.hold(folder).close();
        Home.hold(folder).close();
    }

    @Test
    void lookingWhetherItCanBeWrittenLeavesNothing(@TempDir Path folder) throws IOException {
        Home.writable("--home", folder);

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
