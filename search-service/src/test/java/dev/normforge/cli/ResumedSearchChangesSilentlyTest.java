package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** A search that goes on is the one that was begun: options that would make another one of it are refused by name. */
class ResumedSearchChangesSilentlyTest {

    private static final SearchSpec STORED = Presets.read("laptop").withSeed(7);

    @picocli.CommandLine.Command(name = "search")
    static final class Command {
        @picocli.CommandLine.Mixin
        private final SearchOptions options = new SearchOptions();
        @picocli.CommandLine.Option(names = "--seed")
        private @Nullable Long seed;
    }

    private static void resume(String... arguments) {
        resume(STORED, arguments);
    }

    private static void resume(SearchSpec stored, String... arguments) {
        var command = new Command();
        new picocli.CommandLine(command).parseArgs(arguments);
        command.options.refuseChanges("mine", stored, command.seed,
                wanted -> wanted.equals(stored) ? Optional.empty() : Optional.of("seed 7, not another"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--seed 8 | --seed cannot change search mine, which has seed 7",
            "--minutes 20 | --minutes cannot change search mine, which has a budget of 12.0 minutes",
            "--candidates 9 | --candidates cannot change search mine, which has a budget of 12.0 minutes",
            "--preset smoke | --preset cannot change search mine, which has preset laptop",
            "--data synthetic | --data cannot change", "--random | --random cannot change",
            "--batch-independent | --batch-independent cannot change"})
    void isRefused(String arguments, String message) {
        assertThatThrownBy(() -> resume(arguments.split(" "))).isInstanceOf(ParameterException.class)
                .hasMessageStartingWith(message).hasMessageContaining("leave the option out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seed 7", "--minutes 12", "--preset laptop", "--data cifar10",
            "--preset laptop --seed 7 --minutes 12"})
    void whatItWasBegunWithMayBeSaidAgain(String arguments) {
        assertThatCode(() -> resume(arguments.split(" "))).doesNotThrowAnyException();
    }

    @Test
    void aFileIsComparedByWhatItSays(@TempDir Path folder) throws Exception {
        var same = Files.writeString(folder.resolve("same.json"), "{\"strategy\": {\"window\": 64}}");
        var other = Files.writeString(folder.resolve("other.json"), "{\"strategy\": {\"window\": 32}}");

        assertThatCode(() -> resume("--spec", same.toString())).doesNotThrowAnyException();
        assertThatThrownBy(() -> resume("--spec", other.toString())).hasMessageStartingWith("--spec cannot change");
    }

    @Test
    void whatOtherOptionsChangedOfAFileMayBeSaidAgainWithIt(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("begun.json"), """
                {"budget": {"minutes": 30}, "seed": 9, "strategy": {"window": 64}}""");

        assertThatCode(() -> resume("--spec", file.toString(), "--minutes", "12", "--seed", "7"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> resume("--spec", file.toString(), "--minutes", "12"))
                .hasMessageStartingWith("--spec cannot change");
    }

    /** Without anything to audit, an audit would never end. */
    @Test
    void anAuditOfASearchThatRefusesNothingIsRefused() {
        var json = ProtocolJson.write(STORED).replaceFirst("\"gates\": ?\\[.*?\\}\\]", "\"gates\": []")
                .replaceFirst("\"screen\": ?\\{\"stack\": ?\\{.*?\\}\\}", "\"screen\": {\"stack\": null}");
        var stored = ProtocolJson.read(json, SearchSpec.class);
        assertThat(stored.screen().stack()).isNull();
        assertThat(stored.proxy().rejections().gates()).isEmpty();
        assertThatThrownBy(() -> resume(stored, "--audit", "5")).isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("budget.audits is 5, expected null, unless");
    }

    @Test
    void preparationsAreSpentMinutesAndLeaveAMoment() {
        assertThat(SearchCommand.spent(STORED, 20_000)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SearchCommand.spent(STORED, 3_600_000)).isLessThan(Duration.ofMinutes(12))
                .isGreaterThan(Duration.ofMinutes(11));
        assertThat(Stream.of(0.01).map(minutes -> SearchCommand
                .spent(STORED.withBudget(new SearchSpec.Budget(null, null, minutes)), 5_000)))
                .containsExactly(Duration.ZERO);
        assertThat(SearchCommand.spent(Presets.read("smoke"), 5_000)).isZero();
    }
}
