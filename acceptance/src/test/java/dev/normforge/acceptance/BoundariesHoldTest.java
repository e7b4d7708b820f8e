package dev.normforge.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Directions of the design: a class that reaches across them fails the build. */
class BoundariesHoldTest {

    private static final String ROOT = "dev.normforge.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.normforge");

    @Test
    void schemaKnowsNeitherSpringNorTheEngine() {
        noClasses().that().resideInAnyPackage(ROOT + "graph..", ROOT + "protocol..", ROOT + "queue..").should()
                .dependOnClassesThat().resideInAnyPackage("org.springframework..", "ai.djl..").check(CLASSES);
    }

    @Test
    void theServiceNeverLoadsTheEngine() {
        noClasses().that().resideOutsideOfPackage(ROOT + "worker..").should().dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", ROOT + "worker..").check(CLASSES);
    }

    @Test
    void theEnginesInternalsAreImportedInOnePackage() {
        noClasses().that().resideOutsideOfPackage(ROOT + "worker.engine..").should().dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..").check(CLASSES);
    }

    @Test
    void theWorkerKnowsNothingOfTheService() {
        noClasses().that().resideInAPackage(ROOT + "worker..").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "search..", ROOT + "evolution..", ROOT + "screening..", ROOT + "web..",
                        "org.springframework..")
                .check(CLASSES);
    }

    @Test
    void proposingAndScreeningArePure() {
        noClasses().that().resideInAnyPackage(ROOT + "evolution..", ROOT + "screening..").should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "java.net..",
                        ROOT + "search..", ROOT + "web..", ROOT + "report..", ROOT + "dispatch..", ROOT + "cli..")
                .check(CLASSES);
    }

    @Test
    void scoresTablesAndChartsOfComparisonsArePure() {
        noClasses().that()
                .resideInAnyPackage(ROOT + "statistics..", ROOT + "csv..", ROOT + "chart..",
                        ROOT + "comparison.score..",
                        ROOT + "comparison.plot..", ROOT + "comparison.view..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "java.net..", "java.awt..",
                        ROOT + "search..", ROOT + "web..", ROOT + "report..", ROOT + "dispatch..", ROOT + "cli..")
                .check(CLASSES);
    }

    @Test
    void exportsKnowGraphsAlone() {
        noClasses().that().resideInAPackage(ROOT + "export..").should().dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "java.net..",
                        ROOT + "search..", ROOT + "web..", ROOT + "report..", ROOT + "dispatch..", ROOT + "cli..",
                        ROOT + "protocol..", ROOT + "evolution..")
                .check(CLASSES);
    }

    /** Functions of {@link Math} that may differ between processors by a unit in the last place. */
    @Test
    void whatReplayRecomputesIsTheSameOnEveryProcessor() {
        var inexact = Set.of("exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan",
                "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");
        noClasses().that().resideInAnyPackage(ROOT + "graph..", ROOT + "evolution..", ROOT + "screening..",
                ROOT + "search..").should()
                .callMethodWhere(DescribedPredicate.describe("a function that StrictMath has too",
                        call -> call.getTargetOwner().isEquivalentTo(Math.class) && inexact.contains(call.getName())))
                .check(CLASSES);
    }

    @Test
    void nobodyDependsOnThePages() {
        noClasses().that().resideOutsideOfPackages(ROOT + "web..", ROOT + "cli..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "web..").check(CLASSES);
    }

    @Test
    void thereAreNoCyclesBetweenPackages() {
        slices().matching("dev.normforge.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
