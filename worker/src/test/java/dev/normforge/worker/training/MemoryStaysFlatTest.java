package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guards against arrays of a step that land in a scope that lives longer. */
class MemoryStaysFlatTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEBIBYTE_IN_KIB = 1024;

    @Test
    void noArrayOutlivesItsStep() {
        for (String layer : List.of("bn-relu", "evonorm-b0", "evonorm-s0", "gn-silu", "relu")) {
            noArrayOutlivesItsStep(layer, Laptop.proxy(60, new BatchStatistics.Moving(0.9)));
        }
        noArrayOutlivesItsStep("bn-relu",
                Laptop.withBatch(Laptop.proxy(60, new BatchStatistics.Estimated(0.1)), 32).withNormalizationBatch(8));
        noArrayOutlivesItsStep("evonorm-b0", Laptop.proxy(60, new BatchStatistics.Frozen(0.5, 200)));
    }

    private static void noArrayOutlivesItsStep(String layer, ProxySpec proxy) {
        try (var run = Laptop.start(layer, Laptop.EFFICIENTNET, proxy, 1)) {
            run.advanceTo(2, StepListener.NONE);
            run.evaluate(new Images.Range(0, 200));
            int before = run.arraysHeld();
            run.advanceTo(60, StepListener.NONE);
            run.evaluate(new Images.Range(0, 200));
            assertThat(run.arraysHeld()).as(layer).isEqualTo(before);
        }
    }

    @Test
    void theProbeKeepsNothing() {
        try (var run = Laptop.start("evonorm-s0", Laptop.RESNET, Laptop.proxy(10), 1); var probe = run.probe(16)) {
            probe.ascend(0.01);
            int before = ((AscentProbe) probe).arraysHeld();
            for (int i = 0; i < 5; i++) {
                probe.ascend(0.01);
            }
            assertThat(((AscentProbe) probe).arraysHeld()).isEqualTo(before);
        }
    }

    @Test
    @Tag("long")
    void theProcessDoesNotGrowOverThreeThousandSteps() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "no " + STATUS + " on this system");
        try (var run = Laptop.start("evonorm-s0", Laptop.MOBILENET, Laptop.proxy(3000), 1)) {
            run.advanceTo(600, StepListener.NONE);
            System.gc();
            long before = residentKib();
            run.advanceTo(3000, StepListener.NONE);
            System.gc();
            assertThat(residentKib()).as("KiB resident after 3,000 steps")
                    .isLessThan(before + 48 * MEBIBYTE_IN_KIB);
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElseThrow();
    }
}
