package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.protocol.ProtocolJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a comparison and of its workers at random moments: the same command goes on, trains nothing twice and
 * ends with the very tables and numbers of one that nobody disturbed.
 */
class KilledComparisonsTrainTwiceTest {

    private static final Duration LONG = Duration.ofMinutes(6);
    /** At most, from a result that was waited for to the kill. */
    private static final int MOST_MILLIS = 700;

    @TempDir
    private Path folder;

    @Test
    void workersAndServiceKilledTwiceEach() throws Exception {
        survives(new Random(23), 4, 2, "--layers", "bn-relu,gn-relu,bcn-relu,hin-leaky", "--anchors", "resnet",
                "--batch-sizes", "4,16", "--statistics", "moving,precise:64", "--images", "480", "--seeds", "2");
    }

    @Test
    @Tag("long")
    void workersAndServiceKilledThreeTimesEach() throws Exception {
        survives(new Random(29), 6, 6, "--layers", "bn-relu,bcn-relu,bcn-estimate-relu,frn-tlu",
                "--batch-sizes", "8", "--normalization-batch", "2,4", "--weight-standardization", "off,bcn",
                "--statistics", "moving,precise:64,estimated", "--three-curves", "--evaluations", "4", "--images",
                "640", "--seeds", "2");
    }

    private void survives(Random moments, int kills, int mostBetween, String... compared) throws Exception {
        var command = Stream.concat(Stream.of("compare", "--preset", "smoke", "--data", "synthetic", "--workers", "2",
                "--port", "0", "--home", "home", "--out", "files"), Stream.of(compared)).toArray(String[]::new);
        var undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
        var whole = CommandRun.normforge(undisturbed, command);
        assertThat(whole.exit()).as(whole.toString()).isZero();
        var wanted = ProtocolJson.readOwn(CommandRun.read(undisturbed.resolve("files"), "comparison.json"),
                ComparisonResult.class);
        int runs = wanted.trainings() * wanted.spec().seeds();

        var disturbed = Files.createDirectory(folder.resolve("disturbed"));
        var rows = new ComparisonRows(disturbed.resolve("home"), wanted.name());
        var settled = new TreeMap<Long, String>();
        var process = CommandRun.start(disturbed, Map.of(), command);
        try {
            for (int kill = 0; kill < kills; kill++) {
                int next = settled.size() + moments.nextInt(mostBetween + 1);
                Program.await(LONG, "outcome " + next, () -> rows.settled().size() >= next);
                boolean over = process.waitFor(moments.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
                settled.putAll(rows.settled());
                assertThat(over || settled.size() == runs).as("over before kill " + kill).isFalse();
                if (kill % 2 == 0) {
                    Program.await(LONG, "a worker that trains", () -> killed(rows.trainingWorkers(), moments));
                } else {
                    process.destroyForcibly().waitFor();
                    process = CommandRun.start(disturbed, Map.of(), command);
                }
            }
            var resumed = CommandRun.of(disturbed, process);
            assertThat(resumed.exit()).as(resumed.toString()).isZero();
            assertThat(resumed.out()).contains(tables(whole.out()));
        } finally {
            process.destroyForcibly();
        }
        assertSameFiles(undisturbed.resolve("files"), disturbed.resolve("files"));
        try (var program = Program.serve(disturbed.resolve("home")); var database = program.database()) {
            Ledger.checkComparison(database, wanted.name(), runs);
            assertThat(rows.settled()).hasSize(runs).containsAllEntriesOf(settled);
            assertThat(Integer.parseInt(Ledger.text(database, """
                    select sum(e.losses) from evaluation e join search s on s.id = e.search_id where s.name = ?
                    """, wanted.name()))).as("trainings that were lost").isBetween(1, kills / 2 + kills);
        }
    }

    /** Kills one of them; false where there is none. */
    private static boolean killed(List<Long> workers, Random moments) {
        return !workers.isEmpty() && ProcessHandle.of(workers.get(moments.nextInt(workers.size())))
                .map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** From the head of the tables to the end. */
    private static String tables(String printed) {
        int head = printed.indexOf("  every training sees");
        assertThat(head).as(printed).isPositive();
        return printed.substring(head);
    }

    /** All but how long a step took. */
    private static void assertSameFiles(Path wanted, Path found) throws IOException {
        assertThat(contents(found)).isEqualTo(contents(wanted)).containsKeys("comparison.md", "comparison.json",
                "cells.csv", "curves.csv");
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                if (!name.startsWith(".")) { // hashes of the others
                    contents.put(name, timeless(name, Files.readString(file)));
                }
            }
        }
        return contents;
    }

    private static String timeless(String name, String text) {
        return switch (name) {
            case "comparison.json" -> text.replaceAll("\"stepMillis\": [0-9.E-]+", "");
            case "cells.csv" -> text.replaceAll("(?m),[0-9.E-]+,([^,\\n]*)$", ",$1");
            default -> text;
        };
    }
}
