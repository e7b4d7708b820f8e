package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.Images;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards against paper-scale networks that cannot be built or stepped. */
@Tag("long")
class PaperScaleTrainsTest {

    @ParameterizedTest
    @CsvSource({"paper-b, bn-relu", "paper-s, evonorm-s0"})
    void everyAnchorTakesTwoSteps(String preset, String layer) {
        var proxy = Presets.read(preset).proxy();
        var images = noise(proxy);
        var phenotype = new Simplifier(proxy.numerics()).simplify(NamedLayers.find(layer).orElseThrow());
        for (var anchor : proxy.anchors()) {
            try (var run = TrainingRun.start(Laptop.TORCH, phenotype, anchor, proxy, images, 1)) {
                run.advanceTo(2, StepListener.NONE);
                assertThat(run.step()).as(anchor.name()).isEqualTo(2);
                assertThat(run.finite()).as(anchor.name()).isTrue();
            }
        }
    }

    private static Images noise(ProxySpec proxy) {
        int count = proxy.data().train();
        int side = proxy.data().side();
        byte[] pixels = new byte[count * side * side * Images.COLOURS];
        new Random(1).nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % Images.CLASSES);
        }
        return new Images(pixels, labels, side, new float[]{0.5f, 0.5f, 0.5f}, new float[]{0.3f, 0.3f, 0.3f});
    }
}
