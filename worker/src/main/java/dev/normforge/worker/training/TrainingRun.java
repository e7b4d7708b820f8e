package dev.normforge.worker.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Phenotype;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.anchor.Anchors;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.SlotFactory;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.BatchMoments;
import dev.normforge.worker.layer.GraphLayer;
import dev.normforge.worker.layer.Slots;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The training of one anchor with one layer, which can be advanced, evaluated and continued. For one thread, which
 * {@link Torch#prepareThread()} has set up.
 */
public final class TrainingRun implements AutoCloseable {

    /** Images of an evaluation at once: statistics of the test batch depend on it. */
    private static final int EVALUATION_BATCH = 128;
    private static final double DIVERGED = 1e4;

    private final Setup setup;
    private final NDManager scope;
    private final Constants constants;
    private final Model model;
    private final NesterovDescent descent;
    private final Batches batches;
    private final List<BatchMoments> training;
    private final Losses losses;
    private boolean finite = true;
    private int preciseAtStep = -1;
    private List<BatchMoments> precise = List.of();

    /** All that decides a training. */
    record Setup(Torch torch, Function<Constants, SlotFactory> layers, AnchorSpec anchor, ProxySpec proxy,
            Images images,
            long seed, Layout layout, DataType type) {

        /** Weights of the anchors differ, those of layers do not. */
        long weightSeed() {
            return 31 * seed + anchor.name().hashCode();
        }
    }

    private TrainingRun(Setup setup) {
        this.setup = setup;
        var proxy = setup.proxy();
        this.batches = new Batches(setup.images(), proxy.data(), proxy.training().batch(), setup.seed());
        this.losses = new Losses(proxy.training().steps());
        this.scope = setup.torch().newScope();
        this.constants = new Constants(scope, setup.type());
        this.model = newModel(setup, constants, scope);
        this.descent = new NesterovDescent(constants, scope, proxy.training(),
                model.network().table().weights());
        this.training = proxy.statistics() instanceof BatchStatistics.Moving(double decay)
                ? Stream.<BatchMoments>generate(() -> new MovingMoments(decay)).limit(model.network().slots()).toList()
                : model.ofTheBatch();
    }

    private static Model newModel(Setup setup, Constants constants, NDManager scope) {
        var network = Anchors.build(setup.anchor(), setup.proxy().weightStandardization(),
                setup.layers().apply(constants), constants, setup.layout(), setup.proxy().data().crop());
        return new Model(setup.torch(), network, constants, setup.layout(), scope, setup.weightSeed());
    }

    /**
     * @param layer in every normalization-activation slot
     * @param proxy the task; its anchors are not looked at
     * @param images at least the training images of the proxy, of its side
     * @param seed of initial weights and batches; the batches are the same for every layer and anchor
     * @throws IllegalArgumentException if the images are fewer or of another size than the proxy says
     */
    public static TrainingRun start(Torch torch, Phenotype layer, AnchorSpec anchor, ProxySpec proxy, Images images,
            long seed) {
        Function<Constants, SlotFactory> layers = constants -> channels -> new GraphLayer(layer, channels,
                proxy.numerics(), constants);
        return start(new Setup(torch, layers, anchor, proxy, images, seed, Layout.CHANNELS_LAST,
                DataType.FLOAT32));
    }

    /** The same with any layer. */
    public static TrainingRun start(Torch torch, SlotLayer layer, AnchorSpec anchor, ProxySpec proxy, Images images,
            long seed) {
        return start(new Setup(torch, constants -> Slots.of(layer, proxy.numerics(), constants)::apply, anchor, proxy,
                images, seed, Layout.CHANNELS_LAST, DataType.FLOAT32));
    }

    static TrainingRun start(Setup setup) {
        return new TrainingRun(setup);
    }

    /** Trains until {@code step} steps are done, or until the loss is not finite or above 1e4. */
    public void advanceTo(int step, StepListener onStep) {
        while (finite && losses.steps() < step) {
            double loss = train();
            onStep.onStep(losses.steps(), loss);
        }
    }

    private double train() {
        long before = System.nanoTime();
        try (var step = scope.newSubManager()) {
            var loss = model.loss(step, batches.next(), training);
            double value = constants.read(loss.value())[0];
            finite = Double.isFinite(value) && value <= DIVERGED;
            if (finite) {
                descent.update(model.parameters(), model.gradient(step, loss), losses.steps());
            }
            losses.add(value, System.nanoTime() - before);
            return value;
        }
    }

    /** Whether every loss so far was finite and at most 1e4. */
    public boolean finite() {
        return finite;
    }

    /** Steps done; the one that was not finite counts. */
    public int step() {
        return losses.steps();
    }

    /** Mean of the last five training losses. */
    public double recentLoss() {
        return losses.recent();
    }

    /** Training losses at about twenty steps. */
    public List<AnchorScore.CurvePoint> curve() {
        return losses.curve();
    }

    /** Median milliseconds of a step, reading the images included. */
    public double medianStepMillis() {
        return losses.medianStepMillis();
    }

    /** Numbers that are trained. */
    public int parameters() {
        return model.network().table().size();
    }

    /** Arrays that outlive a step. */
    int arraysHeld() {
        return scope.getManagedArrays().size();
    }

    /** Counts right answers, with statistics as the proxy says. Training can go on afterwards as if nothing had happened. */
    public AnchorScore.Count evaluate(Images.Range range) {
        return evaluate(range, () -> {
        });
    }

    /**
     * Counts right answers, with statistics as the proxy says. Training can go on afterwards as if nothing had happened.
     *
     * @param alive is told of every batch that was looked at
     */
    public AnchorScore.Count evaluate(Images.Range range, Runnable alive) {
        if ((long) range.from() + range.count() > setup.images().count()) {
            throw new IllegalArgumentException("range ends at image %d, expected at most %d".formatted(
                    (long) range.from() + range.count(), setup.images().count()));
        }
        int[] correct = {0};
        setup.torch().withoutGradients(() -> {
            var moments = evaluationMoments(alive);
            inParts(range, EVALUATION_BATCH, batch -> {
                correct[0] += correct(batch, moments);
                alive.run();
            });
        });
        return new AnchorScore.Count(correct[0], range.count());
    }

    private int correct(Batch batch, List<BatchMoments> moments) {
        try (var step = scope.newSubManager()) {
            double[] logits = constants.read(model.logits(step, batch, moments));
            int correct = 0;
            for (int i = 0; i < batch.size(); i++) {
                int best = 0;
                for (int k = 1; k < Images.CLASSES; k++) {
                    if (logits[i * Images.CLASSES + k] > logits[i * Images.CLASSES + best]) {
                        best = k;
                    }
                }
                boolean number = !Double.isNaN(logits[i * Images.CLASSES + best]);
                correct += number && best == batch.labels()[i] ? 1 : 0;
            }
            return correct;
        }
    }

    private List<BatchMoments> evaluationMoments(Runnable alive) {
        return switch (setup.proxy().statistics()) {
            case BatchStatistics.OfTheTestBatch() -> model.ofTheBatch();
            case BatchStatistics.Moving(double decay) -> training.stream()
                    .map(slot -> ((MovingMoments) slot).population()).toList();
            case BatchStatistics.Precise(var count, var _) -> preciseMoments(count, alive);
            case BatchStatistics.Frozen _,BatchStatistics.Estimated _ -> throw new IllegalArgumentException(
                    "not yet: " + setup.proxy().statistics().label());
        };
    }

    /** Measured anew when training has gone on. */
    private List<BatchMoments> preciseMoments(int count, Runnable alive) {
        if (preciseAtStep != losses.steps()) {
            var measured = Stream.generate(PreciseMoments::new).limit(model.network().slots()).toList();
            var used = new Images.Range(0, Math.min(count, setup.proxy().data().train()));
            inParts(used, setup.proxy().training().batch(), batch -> {
                try (var step = scope.newSubManager()) {
                    model.logits(step, batch, List.copyOf(measured));
                }
                alive.run();
            });
            precise = measured.stream().map(PreciseMoments::population).toList();
            preciseAtStep = losses.steps();
        }
        return precise;
    }

    /** Batches of nearly equal size, at most {@code most}. */
    private void inParts(Images.Range range, int most, Consumer<Batch> use) {
        int parts = (range.count() + most - 1) / most;
        for (int i = 0; i < parts; i++) {
            int from = (int) ((long) range.count() * i / parts);
            int to = (int) ((long) range.count() * (i + 1) / parts);
            use.accept(Batch.of(setup.images(), range.from() + from, to - from));
        }
    }

    /**
     * The stability test's measurement on the first {@code count} training images.
     *
     * @return a network of its own with this run's initial weights; to be closed
     */
    public GradientProbe probe(int count) {
        var own = setup.torch().newScope();
        var numbers = new Constants(own, setup.type());
        var batch = Batch.of(setup.images(), 0, Math.min(count, setup.proxy().data().train()));
        return new AscentProbe(own, newModel(setup, numbers, own), numbers, batch);
    }

    @Override
    public void close() {
        scope.close();
    }
}
