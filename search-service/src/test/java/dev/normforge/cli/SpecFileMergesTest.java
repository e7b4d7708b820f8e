package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file changes what it names and nothing else; what it gets wrong is named. */
class SpecFileMergesTest {

    @TempDir
    private Path folder;

    private SpecFile file(String json) throws IOException {
        return SpecFile.read(Files.writeString(folder.resolve("spec.json"), json));
    }

    @Test
    void onlyWhatTheFileNamesChanges() throws IOException {
        var laptop = Presets.read("laptop");

        var merged = file("{\"strategy\": {\"window\": 32}, \"seed\": 9}").over(laptop);

        assertThat(merged.strategy().window()).isEqualTo(32);
        assertThat(merged.strategy().freshProbability()).isEqualTo(laptop.strategy().freshProbability());
        assertThat(merged.seed()).isEqualTo(9);
        assertThat(merged.proxy()).isEqualTo(laptop.proxy());
    }

    @Test
    void anotherKindReplacesAllOfTheOldOne() throws IOException {
        var merged = file("{\"proxy\": {\"statistics\": {\"kind\": \"moving\", \"decay\": 0.9}}}")
                .over(Presets.read("laptop"));

        assertThat(merged.proxy().statistics()).isEqualTo(new BatchStatistics.Moving(0.9));
    }

    @Test
    void aWholeSpecificationIsTakenAsItIs() throws IOException {
        var smoke = Presets.read("smoke");

        assertThat(file(ProtocolJson.write(smoke)).over(Presets.read("laptop"))).isEqualTo(smoke);
    }

    @Test
    void aFileThatNamesTheDataWillHaveNoOther() throws IOException {
        assertThat(file("{\"proxy\": {\"data\": {\"name\": \"cifar10\"}}}").namesData()).isTrue();
        assertThat(file("{\"proxy\": {\"data\": {\"side\": 32}}}").namesData()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"strategy\": {\"windw\": 32}} | windw",
            "{\"strategy\": {\"window\": 1}} | strategy.window is 1",
            "{\"strategy\": {\"window\": \"big\"}} | window", "{\"strategy\": 5} | strategy",
            "{\"budget\": {\"minutes\": null}} | budget"})
    void whatIsWrongIsNamed(String json, String named) throws IOException {
        var file = file(json);

        assertThatThrownBy(() -> file.over(Presets.read("laptop"))).isInstanceOf(UserError.class)
                .hasMessageContaining("spec.json").hasMessageContaining(named).hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[] | no JSON object", "{\"seed\": | line 1",
            "{\"seed\": 1, \"seed\": 2} | seed",
            "{} {} | line 1", "nonsense | line 1"})
    void whatIsNoSpecificationIsRefused(String json, String named) {
        assertThatThrownBy(() -> file(json)).isInstanceOf(UserError.class).hasMessageContaining("spec.json")
                .hasMessageContaining(named);
    }

    @Test
    void aHostileFileIsRefusedBeforeItIsRead() throws IOException {
        var deep = Files.writeString(folder.resolve("deep.json"), "{\"a\":".repeat(100_000));
        var large = Files.write(folder.resolve("large.json"), new byte[SpecFile.MOST_BYTES + 1]);

        assertThatThrownBy(() -> SpecFile.read(deep)).isInstanceOf(UserError.class).hasMessageContaining("deep.json");
        assertThatThrownBy(() -> SpecFile.read(large)).isInstanceOf(UserError.class)
                .hasMessageContaining("expected at most");
        assertThatThrownBy(() -> SpecFile.read(folder)).isInstanceOf(UserError.class)
                .hasMessageContaining("expected an existing file");
        assertThatThrownBy(() -> file("{\"preset\": \"huge\"}").preset()).isInstanceOf(UserError.class)
                .hasMessageContaining("preset is huge");
    }
}
