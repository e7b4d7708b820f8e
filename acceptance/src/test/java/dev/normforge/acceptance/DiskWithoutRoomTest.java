package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On file systems of a few megabytes, in memory, which the processes of one test alone see. */
class DiskWithoutRoomTest {

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");

    @TempDir
    private Path folder;

    @BeforeAll
    static void mountsAreAllowed() throws Exception {
        var command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", "/mnt"));
        var trial = new ProcessBuilder("sh", "-c", String.join(" ", command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assumeTrue(trial.waitFor(60, TimeUnit.SECONDS) && trial.exitValue() == 0,
                "this system lets nobody mount a file system of their own");
    }

    @Test
    void aHomeWithoutRoomForADatabaseIsRefused() throws Exception {
        var run = script("""
                mkdir home
                mount -t tmpfs -o size=150m tmpfs home
                "$@"
                code=$?
                ls home >left
                exit $code
                """);

        assertThat(run.exit()).as(run.toString()).isOne();
        assertThat(run.err().strip()).hasLineCount(1)
                .contains("--home is " + folder.toRealPath().resolve("home"), "200 MB", "are free: make room");
        assertThat(CommandRun.read(folder, "left")).doesNotContain("programs", "postgres-17");
    }

    @Test
    void aSearchWhoseDiskFillsUpStopsAndLosesNothing() throws Exception {
        var run = script("""
                mkdir home
                mount -t tmpfs -o size=260m tmpfs home
                "$@" --candidates 40 >first 2>first.err &
                until grep -q 'trained [1-9]' first || ! kill -0 $!; do sleep 0.2; done
                dd if=/dev/zero of=home/fill bs=1M 2>dd.err
                wait $!
                echo "stopped with $?"
                rm home/fill
                "$@" --candidates 40 --resume >second && "$1" -jar "$CODE" replay narrow --home home
                """);

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).contains("stopped with 1", "all exactly as stored");
        assertThat(CommandRun.read(folder, "first.err").strip()).hasLineCount(1).contains(
                "search narrow has stopped, nothing is lost", folder.toRealPath().resolve("home").toString(),
                "64 MB", "--resume --name narrow");
        assertThat(CommandRun.read(folder, "second")).contains("final table");
    }

    @Test
    void aReportWithoutRoomIsNotHalfWrittenAndCanBeHadLater() throws Exception {
        var run = script("""
                mkdir home files
                mount -t tmpfs -o size=8k tmpfs files
                "$@" >first 2>first.err
                echo "failed with $?"
                ls -A files >left
                umount files
                "$@" --resume >second
                """);

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).contains("failed with 1");
        assertThat(CommandRun.read(folder, "first.err").strip()).hasLineCount(1).contains("--out", "kB are free",
                "--resume --name narrow");
        assertThat(CommandRun.read(folder, "left")).isEmpty();
        assertThat(folder.resolve("files").resolve("report.json")).isNotEmptyFile();
    }

    /** Runs a shell script in a mount name space of its own; {@code "$@"} is a smoke search. */
    private CommandRun script(String text) throws Exception {
        var search = CommandRun.command(List.of("search", "--preset", "smoke", "--data", "synthetic", "--workers", "1",
                "--port", "0", "--name", "narrow", "--home", "home", "--out", "files"));
        var command = Stream.of(NAMESPACE, List.of("sh", "-c", text, "sh"), search).flatMap(List::stream).toList();
        var jar = search.get(search.indexOf("-jar") + 1);
        return CommandRun.of(folder, CommandRun.start(folder, Map.of("CODE", jar), command));
    }
}
