package dev.normforge.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.normforge.TestDatabase;
import dev.normforge.graph.GraphJson;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.report.Report.Counted;
import dev.normforge.report.Report.Entry;
import dev.normforge.report.Report.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReportIsCompleteTest {

    private static final SearchSpec SMOKE = Presets.read("smoke");
    private static final ProxySpec PROXY = SMOKE.proxy().withWeightStandardization(WeightStandardization.find("bcn")
            .orElseThrow()).withNormalizationBatch(2).withStatistics(new BatchStatistics.Moving(0.9));
    private static final String SPEC = ProtocolJson.write(SMOKE.withProxy(PROXY));

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private StoredSearch search;
    private Reports reports;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() {
        search = confirmed(JdbcClient.create(database.dataSource()));
        reports = new Reports(search.jdbc);
    }

    /** Two finalists, one of which diverges with one seed, a first round that a third loses, and BN-ReLU beside them. */
    private static StoredSearch confirmed(JdbcClient jdbc) {
        var search = new StoredSearch(jdbc, SPEC);
        search.confirming(PROXY.confirming(7, SMOKE.confirmation().statistics()));
        search.calibrated(Calibration.of(List.of("resnet", "mobilenetv2"),
                List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("bn-relu", 2, 310, 290),
                        Runs.reference("affine-relu", 1, 150, 160), Runs.reference("affine-relu", 2, 150, 180))));
        search.funnel("STATIC", "CONSTANT_OVER_SPACE", 70, 0, 0);
        search.funnel("SCORED", "scored", 3, 480, 0);
        for (int birth = 1; birth <= 3; birth++) {
            search.birth(birth, "layer " + birth);
            search.arrived(birth, 250 + birth, 260);
            search.scored(search.evaluation("CONFIRMATION", 1, birth, null, 0, false), 2000, 700 + birth, 700);
        }
        search.stands(3, 3, null);
        for (int seed = 1; seed <= 3; seed++) {
            finalist(search, 2, null, seed, 840 + seed);
            finalist(search, 3, null, seed, seed == 2 ? -1 : 860);
            finalist(search, null, "bn-relu", seed, 830 + seed);
        }
        search.set("phase = 'REPORT'");
        return search;
    }

    private static void finalist(StoredSearch search, @Nullable Integer birth,
            @Nullable String reference, int seed, int correct) {
        long evaluation = search.evaluation("CONFIRMATION", 2, birth, reference, seed, false);
        if (correct < 0) {
            search.rejected(evaluation, "NUMERIC", "not-finite", 2000);
        } else {
            search.scored(evaluation, 2000, correct, correct);
            search.sealed(evaluation, 4000, 2 * correct, 2 * correct);
        }
    }

    @Test
    void confirmedLayersStandInOrderOfConfirmScoreWithAllTheirCounts() {
        var report = reports.build(search.id, "COMPLETED");
        assertThat(report.confirmed()).extracting(Entry::layer).containsExactly("birth-2", "birth-3");
        var best = report.confirmed().getFirst();
        assertThat(best.confirm()).isNotNull().extracting(Interval::mean).isEqualTo(0.421);
        assertThat(best.test()).isNotNull().extracting(Interval::mean).isEqualTo(0.421);
        assertThat(best.beyondBnRelu()).isNotNull()
                .satisfies(beyond -> assertThat(beyond.mean()).isCloseTo(0.005, within(1e-9)));
        assertThat(best.counts()).hasSize(2 + 2 + 3 * 4);
        assertThat(best.counts()).contains(new Counted(Images.SEARCH, 0, 100, "resnet", 252, 1000),
                new Counted(Images.CONFIRM, 1, 100, "resnet", 702, 2000),
                new Counted(Images.CONFIRM, 2, 101, "mobilenetv2", 841, 2000),
                new Counted(Images.TEST, 2, 103, "resnet", 1686, 4000));
        assertThat(report.references()).extracting(Entry::layer).containsExactly("bn-relu");
        assertThat(report.references().getFirst().beyondBnRelu()).isNull();
        assertThat(report.front()).extracting(Entry::layer).containsExactly("birth-3");
        assertThat(report.front().getFirst().frontProbability()).isNotNull();
        assertThat(report.funnel()).hasSize(2);
        assertThat(report.versions()).isEqualTo(new Report.Versions(3, 1));
        assertThat(report.conditions()).isEqualTo("Anchors resnet, mobilenetv2; images of 16×16 pixels. "
                + "Search: 10 steps of 16 images at learning rate 0.05, batch statistics moving-0.9. "
                + "Confirmation: 7 steps, batch statistics precise-64. "
                + "Convolutions before a layer are weight-standardized (bcn). "
                + "Layers normalize 2 images of a batch together.");
        assertThat(report.sentence()).startsWith("0 of 2 confirmed layers beat BN-ReLU beyond noise");
    }

    /** Under one seed, pooled counts would be a measurement that nobody made. */
    @Test
    void searchCountsOfAPhenotypeTrainedAgainStandUnderTheirOwnSeeds() {
        search.birth(4, "layer 3");
        search.arrivedAgain(4, 1, new int[]{270, 280}, 2000, 523, 540);
        search.birth(5, "layer 3");
        search.arrivedAgain(5, 2, new int[]{300, 300}, 3000, 823, 840);
        search.stands(4, 4, null);

        var report = reports.build(search.id, "COMPLETED");

        var again = report.front().stream().filter(entry -> entry.layer().equals("birth-4")).findFirst().orElseThrow();
        assertThat(again.counts()).containsExactly(new Counted(Images.SEARCH, 0, 100, "resnet", 253, 1000),
                new Counted(Images.SEARCH, 0, 100, "mobilenetv2", 260, 1000),
                new Counted(Images.SEARCH, 0, 101, "resnet", 270, 1000),
                new Counted(Images.SEARCH, 0, 101, "mobilenetv2", 280, 1000));
        assertThat(again.search()).isNotNull()
                .satisfies(mean -> assertThat(mean.mean()).isCloseTo((0.523 + 0.540) / 4, within(1e-9)));
        var first = report.front().stream().filter(entry -> entry.layer().equals("birth-3")).findFirst().orElseThrow();
        assertThat(first.counts()).filteredOn(count -> count.images() == Images.SEARCH)
                .containsExactly(new Counted(Images.SEARCH, 0, 100, "resnet", 253, 1000),
                        new Counted(Images.SEARCH, 0, 100, "mobilenetv2", 260, 1000));
    }

    @Test
    void aRunThatDivergedCountsAsZeroOnConfirmAndTestImages() {
        var diverged = reports.build(search.id, "COMPLETED").confirmed().get(1);
        assertThat(diverged.confirm()).isNotNull()
                .satisfies(confirm -> assertThat(confirm.mean()).isCloseTo(0.43 * 2 / 3, within(1e-9)));
        assertThat(diverged.counts()).contains(new Counted(Images.CONFIRM, 2, 102, "resnet", 0, 2000),
                new Counted(Images.TEST, 2, 102, "resnet", 0, 4000));
    }

    @Test
    void testCountsStaySealedUntilTheListIsFrozen() {
        search.set("phase = 'CONFIRMATION'");
        var early = reports.build(search.id, "COMPLETED");
        assertThat(early.confirmed()).extracting(Entry::test).containsOnlyNulls();
        assertThat(early.confirmed()).flatExtracting(Entry::counts).extracting("images")
                .doesNotContain(Images.TEST);
        assertThat(early.sentence()).contains("confirm images");
    }

    @Test
    void aSearchThatWasCancelledAtOnceHasAReport() throws IOException {
        var cancelled = new StoredSearch(search.jdbc, SPEC);
        var report = new Reports(cancelled.jdbc).build(cancelled.id, "CANCELLED");
        assertThat(report.sentence()).isEqualTo("The search was cancelled; no layer was confirmed.");
        assertThat(violations(report)).isEmpty();
    }

    @Test
    void itsJsonHasThePromisedKeysMatchesItsSchemaAndReadsBack() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var names = new ArrayList<>(JsonMapper.shared().readTree(report.json()).propertyNames());
        assertThat(names).containsExactly("search", "seed", "preset", "data", "calibration", "funnel", "audit", "front",
                "confirmed", "references", "ending", "endingNote", "conditions", "versions", "sentence");
        assertThat(violations(report)).isEmpty();
        assertThat(Report.read(report.json())).isEqualTo(report);
    }

    @Test
    void aReportStoredBeforeConditionsWereNotedIsStillRead() throws IOException {
        var json = (ObjectNode) JsonMapper.shared().readTree(reports.build(search.id, "COMPLETED").json());
        json.remove("conditions");
        search.jdbc.sql("update search set report = :report::jsonb where id = :id").param("report", json.toString())
                .param("id", search.id).update();
        try (var migration = Reports.class.getResourceAsStream("/db/migration/V4__report_conditions.sql")) {
            search.jdbc.sql(new String(Objects.requireNonNull(migration).readAllBytes(), UTF_8)).update();
        }
        var report = reports.find(search.id).orElseThrow();
        assertThat(report.conditions()).isNull();
        assertThat(report.markdown()).doesNotContain("null");
        assertThat(violations(report)).isEmpty();
    }

    @Test
    void aReportOfAnotherShapeFailsTheSchema() throws IOException {
        var json = reports.build(search.id, "COMPLETED").json();
        assertThat(violations(json.replaceFirst("\"confirm\"", "\"confirmed\""))).isNotEmpty();
        assertThat(violations(json.replaceFirst("\"stage\" : \"STATIC\"", "\"stage\" : \"ELSEWHERE\""))).isNotEmpty();
    }

    private static List<String> violations(Report report) throws IOException {
        return violations(report.json());
    }

    private static List<String> violations(String json) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(ReportFiles.schema())
                .validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    @Test
    void theStoredReportIsFoundAsItWasWritten() {
        var report = reports.build(search.id, "COMPLETED");
        assertThat(reports.find(search.id)).isEmpty();
        search.jdbc.sql("update search set report = :json::jsonb where id = :id").param("json", report.json())
                .param("id", search.id).update();
        assertThat(reports.find(search.id)).contains(report);
        assertThat(reports.find(search.id).orElseThrow().json()).isEqualTo(report.json());
    }

    @Test
    void theFilesHoldReportSchemaTextAndLayers() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var out = folder.resolve("new").resolve("out");
        ReportFiles.check(out);
        assertThat(ReportFiles.write(report, out)).hasSize(6).allSatisfy(file -> assertThat(file).exists());
        assertThat(names(out)).containsExactly("birth-2.json", "birth-3.json", "bn-relu.json", "report.json",
                "report.md",
                "report.schema.json");
        assertThat(Report.read(Files.readString(out.resolve("report.json")))).isEqualTo(report);
        assertThat(GraphJson.read(Files.readString(out.resolve("birth-2.json"))).numerics().groups()).isEqualTo(4);
        assertThat(Files.readString(out.resolve("report.md"))).contains(report.sentence())
                .contains("| birth-2 | 42.1 (").contains("| bn-relu |")
                .contains("| STATIC | CONSTANT_OVER_SPACE | 70 |");
        assertThat(ReportFiles.write(report, out)).as("again, over the old ones").hasSize(6);
    }

    @Test
    void layerFilesOfAnEarlierReportGoAndTheUsersOwnStay() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var out = Files.createDirectories(folder.resolve("out"));
        ReportFiles.write(report, out);
        Files.writeString(out.resolve("birth-3.json"), "what the user made of it");
        Files.writeString(out.resolve("notes.md"), "the user's");
        Files.writeString(out.resolve("birth-77.json"), "the user's");
        var fewer = without(report, report.confirmed());

        assertThat(ReportFiles.write(fewer, out)).hasSize(4);
        assertThat(names(out)).containsExactly("birth-3.json", "birth-77.json", "bn-relu.json", "notes.md",
                "report.json", "report.md", "report.schema.json");
        assertThat(Report.read(Files.readString(out.resolve("report.json")))).isEqualTo(fewer);
    }

    /** Killed after the old report stepped aside, and after some of the new one's files had been moved. */
    @Test
    void whatAKilledReportLeftIsClearedByTheNext() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var out = Files.createDirectories(folder.resolve("out"));
        ReportFiles.write(report, out);
        Files.move(out.resolve("report.json"), out.resolve(".report.json.replaced"));
        Files.writeString(out.resolve(".birth-2.json.part"), "{");
        ReportFiles.write(without(report, report.confirmed()), out);

        assertThat(names(out)).containsExactly("bn-relu.json", "report.json", "report.md", "report.schema.json");

        ReportFiles.write(report, out);
        Files.move(out.resolve("report.json"), out.resolve(".report.json.part"));
        ReportFiles.write(without(report, report.confirmed()), out);
        assertThat(names(out)).containsExactly("bn-relu.json", "report.json", "report.md", "report.schema.json");
    }

    @Test
    void aFileThatNoReportWroteIsNotReplaced() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("report.md"), "mine");
        assertThatThrownBy(() -> ReportFiles.write(report, out)).isInstanceOf(IOException.class)
                .hasMessageContaining("report.md is there, and no report wrote it");
        assertThat(names(out)).containsExactly("report.md");
        assertThat(out.resolve("report.md")).hasContent("mine");
    }

    @Test
    void anEarlierReportThatNamesOtherFilesDeletesNone() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var out = Files.createDirectories(folder.resolve("out"));
        ReportFiles.write(report, out);
        var elsewhere = Files.copy(out.resolve("birth-2.json"), folder.resolve("birth-2.json"));
        var json = Files.readString(out.resolve("report.json"));
        Files.writeString(out.resolve("report.json"), json.replace("\"birth-2\"", "\"../birth-2\""));
        ReportFiles.write(without(report, report.confirmed()), out);
        assertThat(elsewhere).exists();

        for (var other : List.of("[1, 2", "null", json.replace("\"birth-2\"", "null"))) {
            Files.writeString(out.resolve("report.json"), other);
            assertThat(ReportFiles.write(report, out)).as(other).hasSize(6);
        }
    }

    private static Report without(Report report, List<Entry> confirmed) {
        return new Report(report.search(), report.seed(), report.preset(), report.data(), report.calibration(),
                report.funnel(), report.audit(), report.front(),
                report.confirmed().stream().filter(entry -> !confirmed.contains(entry)).toList(), report.references(),
                report.ending(), report.endingNote(), report.conditions(), report.versions(), report.sentence());
    }

    @Test
    void whereNothingCanBeWrittenTheRefusalIsOneLineAndNothingIsLeft() throws IOException {
        var report = reports.build(search.id, "COMPLETED");
        var file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> ReportFiles.check(file)).isInstanceOf(IOException.class)
                .hasMessage("out is %s, expected a folder that can be written: %s is a file".formatted(file, file));
        Files.createDirectories(folder.resolve("out").resolve("report.md").resolve("in the way"));
        assertThatThrownBy(() -> ReportFiles.write(report, folder.resolve("out"))).isInstanceOf(IOException.class)
                .hasMessageStartingWith("out is ").message().doesNotContain("\n");
        assertThat(names(folder.resolve("out"))).doesNotContain("report.json")
                .noneMatch(name -> name.endsWith(".part"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
