package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as users run it, on the real engine with the built-in images. */
class EvaluateGivesTheSameCountsTwiceTest {

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {

        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        List<String> counts() {
            return json().path("anchors").valueStream()
                    .map(row -> row.path("anchor").asString() + row.path("correct").asInt()).toList();
        }
    }

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = WorkerMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private static Run smoke(String layer, String... more) {
        var arguments = new ArrayList<>(
                List.of("evaluate", layer, "--preset", "smoke", "--data", "synthetic", "--json"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void theSameSeedGivesTheSameCountsAndAnotherSeedOthers() {
        var first = smoke("bn-relu", "--steps", "20");
        var second = smoke("bn-relu", "--steps", "20");
        var other = smoke("bn-relu", "--steps", "20", "--seed", "2");
        assertThat(first.exit()).isZero();
        assertThat(first.json().propertyNames()).contains("layer", "seed", "outcome", "anchors");
        assertThat(first.json().path("anchors").get(0).propertyNames()).containsExactly("anchor", "correct", "total",
                "steps", "seconds");
        assertThat(first.counts()).hasSize(2).isEqualTo(second.counts()).isNotEqualTo(other.counts());
    }

    @Test
    void lookingAtTheGatesDoesNotChangeTheCounts() {
        var ignored = smoke("gn-relu");
        var obeyed = smoke("gn-relu", "--gates");
        assertThat(obeyed.counts()).isEqualTo(ignored.counts());
    }

    @Test
    void aChosenAnchorIsTrainedAsItIsAmongTheOthers() {
        var both = smoke("bn-relu").counts();
        assertThat(smoke("bn-relu", "--anchors", "mobilenetv2").counts()).containsExactly(both.get(1));
    }

    @Test
    void aLayerFileHasItsOwnGroups() throws Exception {
        var gn = NamedLayers.find("gn-relu").orElseThrow();
        var four = folder.resolve("four.json");
        var one = folder.resolve("one.json");
        Files.writeString(four, GraphJson.write(new Layer(gn, new Numerics(4, 1e-5))));
        Files.writeString(one, GraphJson.write(new Layer(gn, new Numerics(1, 1e-5))));
        var named = smoke("gn-relu", "--steps", "20").counts();
        assertThat(smoke(four.toString(), "--steps", "20").counts()).isEqualTo(named);
        assertThat(smoke(one.toString(), "--steps", "20").counts()).isNotEqualTo(named);
    }

    @ParameterizedTest
    @EnumSource
    void aNativeLayerIsTrained(NativeLayer layer) {
        var first = smoke(layer.label(), "--steps", "20", "--anchors", "resnet");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.json().path("outcome").asString()).isEqualTo("scored");
        assertThat(first.counts()).hasSize(1)
                .isEqualTo(smoke(layer.label(), "--steps", "20", "--anchors", "resnet").counts());
    }

    @Test
    void nonsenseIsRefusedInOneLine() throws Exception {
        assertRefused(run("evaluate", "nothing"), 1, "LAYER is nothing, expected a layer file or one of bn-relu, ");
        assertRefused(run("evaluate", "bcn"), 1, ", bcn-relu, bcn-estimate-relu, ");
        assertRefused(run("evaluate", "bn-relu", "--preset", "huge"), 2, "huge");
        assertRefused(run("evaluate", "bn-relu", "--anchors", "vgg"), 2, "--anchors is vgg, expected some of resnet,");
        assertRefused(run("evaluate", "bn-relu", "--steps", "0"), 2, "is 0, expected 1 to 10000000");
        var broken = folder.resolve("broken.json");
        Files.writeString(broken,
                "{\"format\": \"normforge.layer/1\", \"nodes\": [{\"op\": \"add\", \"in\": [\"x\", \"n7\"]}]}");
        assertRefused(run("evaluate", broken.toString()), 1, "n7");
        assertRefused(run("worker", "--database", "jdbc:postgresql://localhost:1/x"), 1,
                "--database is jdbc:postgresql://localhost:1/x, expected a database that answers");
        assertRefused(run("worker", "--database", "mysql:x"), 1, "--database is mysql:x, expected jdbc:postgresql://");
        assertThat(run("evaluate").exit()).isEqualTo(2);
        assertThat(run("evaluate", "bn-relu", "--data", "imagenet").exit()).isEqualTo(2);
        assertThat(run("evaluate", "bn-relu", "--seed", "one").exit()).isEqualTo(2);
        assertThat(run().exit()).isEqualTo(2);
    }

    private static void assertRefused(Run run, int exit, String said) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(said);
    }
}
