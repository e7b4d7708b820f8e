package dev.normforge.worker.training;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.AnchorSpec.Stage;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.Rejections;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.protocol.Training;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.data.SyntheticImages;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.GraphLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laptop's networks and training on synthetic images. */
final class Laptop {

    static final Torch TORCH = Torch.start();
    static final Numerics NUMERICS = new Numerics(4, 1e-5);
    static final DataSpec DATA = new DataSpec("synthetic", 16, 16, true, 1500, 500, 100);
    static final Images IMAGES = SyntheticImages.load(DATA, false, () -> {
    }).images();
    static final AnchorSpec RESNET = new AnchorSpec("resnet", Family.RESNET, 0.125, 1, 2, 64, 0,
            List.of(new Stage(4, 64, 1, 1, 3), new Stage(4, 128, 1, 2, 3), new Stage(4, 256, 1, 2, 3)));
    static final AnchorSpec MOBILENET = new AnchorSpec("mobilenetv2", Family.MOBILENET_V2, 0.25, 1, 2, 32, 256,
            List.of(new Stage(1, 16, 1, 1, 3), new Stage(4, 24, 2, 2, 3), new Stage(4, 48, 2, 2, 3)));
    static final AnchorSpec EFFICIENTNET = new AnchorSpec("efficientnet", Family.EFFICIENTNET, 0.25, 1, 2, 32, 256,
            List.of(new Stage(1, 16, 1, 1, 3), new Stage(4, 24, 2, 2, 3), new Stage(4, 48, 2, 2, 5)));
    static final List<AnchorSpec> ANCHORS = List.of(RESNET, MOBILENET, EFFICIENTNET);

    private Laptop() {
    }

    static ProxySpec proxy(int steps, BatchStatistics statistics) {
        return new ProxySpec(DATA, ANCHORS, new Training(steps, 64, 0.15, 0.9, 0, 4, Training.Schedule.COSINE),
                NUMERICS, statistics,
                new Rejections(List.of(), 0, new Rejections.Stability(0, 16, 0, 0, 0.1, 1e8, false), 0));
    }

    static ProxySpec proxy(int steps) {
        return proxy(steps, new BatchStatistics.OfTheTestBatch());
    }

    static Phenotype layer(String name) {
        return layer(NamedLayers.find(name).orElseThrow());
    }

    static Phenotype layer(LayerGraph graph) {
        return new Simplifier(NUMERICS).simplify(graph);
    }

    /** All of a training on synthetic images, in double precision, with this observation or none. */
    static Setup exact(String layer, AnchorSpec anchor, ProxySpec proxy, long seed,
            @Nullable Observation observation) {
        return new Setup(TORCH, constants -> channels -> new GraphLayer(layer(layer), channels, NUMERICS, constants),
                anchor, proxy, IMAGES, seed, Layout.CHANNELS_LAST, DataType.FLOAT64, observation);
    }

    static TrainingRun observed(String layer, AnchorSpec anchor, ProxySpec proxy, long seed,
            @Nullable Observation observation) {
        return TrainingRun.start(TORCH, new SlotLayer.Graph(NamedLayers.find(layer).orElseThrow()), anchor, proxy,
                IMAGES, seed, observation);
    }

    /** The proxy with another batch. */
    static ProxySpec withBatch(ProxySpec proxy, int batch) {
        var training = proxy.training();
        return proxy.withTraining(new Training(training.steps(), batch, training.learningRate(), training.momentum(),
                training.weightDecay(), training.warmup(), training.schedule()));
    }

    static TrainingRun start(String layer, AnchorSpec anchor, ProxySpec proxy, long seed) {
        return TrainingRun.start(TORCH, layer(layer), anchor, proxy, IMAGES, seed);
    }
}
