package dev.normforge.worker.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Phenotype;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.SlotFactory;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.GraphLayer;
import dev.normforge.worker.layer.Slots;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The training of one anchor with one layer, which can be advanced, evaluated and continued. For one thread, which
 * {@link Torch#prepareThread()} has set up.
 */
public final class TrainingRun implements AutoCloseable {

    private final Setup setup;
    private final NDManager scope;
    private final Constants constants;
    private final Model model;
    private final NesterovDescent descent;
    private final Batches batches;
    private final TrainingStatistics statistics;
    private final Counting counting;
    private final Losses losses;
    private boolean finite = true;

    private TrainingRun(Setup setup) {
        this.setup = setup;
        var proxy = setup.proxy();
        int steps = proxy.training().steps();
        this.batches = new Batches(setup.images(), proxy, setup.task(), setup.seed());
        this.losses = new Losses(steps);
        this.scope = setup.torch().newScope();
        this.constants = new Constants(scope, setup.type());
        this.model = Model.of(setup, constants, scope);
        this.descent = new NesterovDescent(constants, scope, proxy.training(),
                model.network().table().weights());
        this.statistics = new TrainingStatistics(proxy, model.slots(), setup.watched(),
                () -> (double) losses.steps() / steps);
        this.counting = new Counting(setup, model, constants, statistics);
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
        return start(new Setup(torch, layers, anchor, proxy, images, seed, Layout.CHANNELS_LAST, DataType.FLOAT32,
                null));
    }

    /** The same with any layer. */
    public static TrainingRun start(Torch torch, SlotLayer layer, AnchorSpec anchor, ProxySpec proxy, Images images,
            long seed) {
        return start(torch, layer, anchor, proxy, images, seed, null);
    }

    /**
     * The same with any layer.
     *
     * @param observation what will be looked at besides the score, null for nothing; it does not change the training
     */
    public static TrainingRun start(Torch torch, SlotLayer layer, AnchorSpec anchor, ProxySpec proxy, Images images,
            long seed, @Nullable Observation observation) {
        return start(new Setup(torch, constants -> Slots.of(layer, proxy.numerics(), constants)::apply, anchor, proxy,
                images, seed, Layout.CHANNELS_LAST, DataType.FLOAT32, observation));
    }

    static TrainingRun start(Setup setup) {
        return new TrainingRun(setup);
    }

    /** Trains until {@code step} steps are done, or until the loss is not finite or beyond what can come back. */
    public void advanceTo(int step, StepListener onStep) {
        while (finite && losses.steps() < step) {
            counting.freezeIfDue(losses.steps(), onStep::onWork);
            double loss = train();
            onStep.onStep(losses.steps(), loss);
        }
    }

    /**
     * One step. Layers see a batch in parts of the normalization batch size: the loss is added up part by part, which is that
     * of the whole batch, since nothing but a layer looks across images.
     */
    private double train() {
        long before = System.nanoTime();
        try (var step = scope.newSubManager()) {
            var batch = batches.next();
            var view = model.view(step, model.parameters());
            double loss = 0;
            for (var part : batch.parts(setup.proxy().normalized())) {
                var share = model.loss(step, view, part, batch.size(), statistics.inTraining());
                loss += constants.read(share)[0];
                if (!Double.isFinite(loss)) {
                    break;
                }
                model.backward(share);
            }
            finite = Double.isFinite(loss) && loss <= setup.task().highestLoss();
            if (finite) {
                descent.update(model.parameters(), model.gradient(step, view), losses.steps());
                statistics.endStep();
            }
            losses.add(loss, System.nanoTime() - before);
            return loss;
        }
    }

    /** Whether every loss so far was finite and at most 1e4, or ln(1e8)/5 where images are restored. */
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

    Setup setup() {
        return setup;
    }

    Model model() {
        return model;
    }

    Counting counting() {
        return counting;
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
        return counting.count(new Counting.Query(new View(range, null), setup.proxy().statistics(), false),
                losses.steps(), alive).count();
    }

    /**
     * The stability test's measurement on the first {@code count} training images.
     *
     * @return a network of its own with this run's initial weights; to be closed
     */
    public GradientProbe probe(int count) {
        var own = setup.torch().newScope();
        var numbers = new Constants(own, setup.type());
        var range = new Images.Range(0, Math.min(count, setup.proxy().data().train()));
        var batch = new Examples(setup.images(), setup.task()).batch(new View(range, null));
        return new AscentProbe(own, Model.of(setup, numbers, own), numbers, batch);
    }

    @Override
    public void close() {
        scope.close();
    }
}
