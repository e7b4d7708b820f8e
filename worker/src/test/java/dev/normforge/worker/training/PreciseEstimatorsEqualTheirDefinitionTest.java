package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.BatchMoments;
import dev.normforge.worker.layer.GraphLayer;
import dev.normforge.worker.layer.Slot;
import dev.normforge.worker.layer.SlotParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against population statistics that are not what the published estimators give. */
class PreciseEstimatorsEqualTheirDefinitionTest {

    private static final double[] NONE = {};

    private static double mean(DoubleStream values) {
        return values.average().orElseThrow();
    }

    private static double biased(double[] values) {
        double mean = mean(Arrays.stream(values));
        return mean(Arrays.stream(values).map(value -> (value - mean) * (value - mean)));
    }

    /** By its definition, from the numbers themselves, batch by batch. */
    private static double expected(Estimator estimator, Moment moment, List<double[]> batches) {
        double[] all = batches.stream().flatMapToDouble(Arrays::stream).toArray();
        return switch (estimator) {
            case POPULATION -> switch (moment) {
                case MEAN -> mean(Arrays.stream(all));
                case ROOT_MEAN_SQUARE -> mean(Arrays.stream(all).map(value -> value * value));
                case DEVIATION -> biased(all);
            };
            case MEAN_OF_BATCHES -> mean(batches.stream().mapToDouble(batch -> switch (moment) {
                case MEAN -> mean(Arrays.stream(batch));
                case ROOT_MEAN_SQUARE -> mean(Arrays.stream(batch).map(value -> value * value));
                case DEVIATION -> biased(batch) * batch.length / (batch.length - 1);
            }));
        };
    }

    @ParameterizedTest
    @EnumSource
    void onNumbersWithAShortLastBatch(Estimator estimator) {
        var random = new Random(1);
        var precise = new PreciseMoments(estimator == Estimator.MEAN_OF_BATCHES);
        var batches = new ArrayList<double[]>();
        for (int images : new int[]{8, 8, 8, 3}) {
            double[] batch = random.doubles(4L * images).map(value -> images + value).toArray();
            batches.add(batch);
            double[] mean = {mean(Arrays.stream(batch))};
            precise.observe(0, Moment.MEAN, mean, NONE, images, 4);
            precise.observe(1, Moment.ROOT_MEAN_SQUARE,
                    new double[]{mean(Arrays.stream(batch).map(value -> value * value))}, NONE, images, 4);
            precise.observe(2, Moment.DEVIATION, mean, new double[]{biased(batch)}, images, 4);
        }
        for (var moment : Moment.values()) {
            int term = List.of(Moment.MEAN, Moment.ROOT_MEAN_SQUARE, Moment.DEVIATION).indexOf(moment);
            assertThat(kept(precise.population(), term, moment, 1)[0]).as(moment.toString())
                    .isCloseTo(expected(estimator, moment, batches), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchOfOneNumberHasNoCorrectedVariance(Estimator estimator) {
        var precise = new PreciseMoments(estimator == Estimator.MEAN_OF_BATCHES);
        precise.observe(0, Moment.DEVIATION, new double[]{1}, new double[]{3}, 2, 1);
        precise.observe(0, Moment.DEVIATION, new double[]{7}, new double[]{0}, 1, 1);
        double variance = kept(precise.population(), 0, Moment.DEVIATION, 1)[0];
        assertThat(variance).isCloseTo(estimator == Estimator.MEAN_OF_BATCHES ? 6 : 2 + 8, within(1e-12));
    }

    /** Writes down what reaches a slot: for each channel, the numbers of a batch. */
    private record Listening(Slot slot, int channels, List<double[][]> heard) implements Slot {

        @Override
        public List<SlotParameter> parameters() {
            return slot.parameters();
        }

        @Override
        public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
            double[] numbers = x.toDoubleArray();
            int area = (int) (x.getShape().get(2) * x.getShape().get(3));
            heard.add(IntStream.range(0, channels).mapToObj(channel -> IntStream.range(0, numbers.length)
                    .filter(i -> i / area % channels == channel).mapToDouble(i -> numbers[i]).toArray())
                    .toArray(double[][]::new));
            return slot.forward(x, parameters, moments);
        }

        @Override
        public long flops(int height, int width) {
            return slot.flops(height, width);
        }
    }

    @ParameterizedTest
    @EnumSource
    void throughARealNetworkInEverySlotWithUnequalBatches(Estimator estimator) {
        var layer = Laptop.layer("bn-relu");
        var slots = new ArrayList<Listening>();
        var proxy = Laptop.withBatch(Laptop.proxy(10), 16);
        var setup = new Setup(Laptop.TORCH, constants -> channels -> {
            var slot = new Listening(new GraphLayer(layer, channels, Laptop.NUMERICS, constants), channels,
                    new ArrayList<>());
            slots.add(slot);
            return slot;
        }, Laptop.RESNET, proxy, Laptop.IMAGES, 1, Layout.CHANNELS_LAST, DataType.FLOAT64, null);
        try (var scope = Laptop.TORCH.newScope()) {
            var model = Model.of(setup, new Constants(scope, DataType.FLOAT64), scope);
            var statistics = new TrainingStatistics(proxy, model.slots(), List.of(), () -> 0);
            var population = new Population(model, new Examples(Laptop.IMAGES, setup.task()), statistics, 16);
            assertThat(population.isNeeded()).isTrue();
            slots.forEach(slot -> slot.heard().clear());
            var found = population.at(0, new Population.Measure(new View(new Images.Range(5, 43), null), estimator),
                    () -> {
                    });
            for (int i = 0; i < slots.size(); i++) {
                var heard = slots.get(i).heard();
                assertThat(heard.stream().map(batch -> batch[0].length).distinct()).as("43 = 14 + 14 + 15")
                        .hasSize(2);
                for (var moment : List.of(Moment.MEAN, Moment.DEVIATION)) {
                    double[] kept = kept(found.get(i), term(layer, moment), moment, slots.get(i).channels());
                    for (int channel = 0; channel < kept.length; channel++) {
                        int which = channel;
                        double expected = expected(estimator, moment,
                                heard.stream().map(batch -> batch[which]).toList());
                        assertThat(kept[channel]).isCloseTo(expected, within(1e-12 * Math.max(1, expected)));
                    }
                }
            }
        }
    }

    private static int term(Phenotype layer, Moment moment) {
        return IntStream.range(0, layer.terms().size()).filter(i -> layer.terms()
                .get(i) instanceof Term.Apply(Aggregation(var found, var over), var _, var _) && found == moment
                && over == IndexSet.BATCH).findFirst().orElseThrow();
    }

    private static double[] kept(BatchMoments moments, int term, Moment moment, int length) {
        return Objects.requireNonNull(moments.kept(term, moment, length));
    }
}
