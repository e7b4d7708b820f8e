package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Moment;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guards against estimates that a layer does not use, or takes a gradient through: training by them would be another one. */
class GivenStatisticsAreConstantsTest {

    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final Interpreter.Shape SHAPE = new Interpreter.Shape(3, 8, 3, 5);
    private static final int GRAPHS = 600;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    /** Answers every statistic of a batch with another one. */
    private static final class Answering implements BatchMoments {

        private final BatchMoments answers;
        private final List<String> seen = new ArrayList<>();

        Answering(BatchMoments answers) {
            this.answers = answers;
        }

        @Override
        public double @Nullable [] kept(int term, Moment moment, int length) {
            return null;
        }

        @Override
        public boolean watching() {
            return true;
        }

        @Override
        public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
                int pixels) {
            assertThat(variance).hasSize(moment == Moment.DEVIATION ? mean.length : 0);
            seen.add("%d images of %d pixels".formatted(images, pixels));
            return answers.kept(term, moment, mean.length);
        }
    }

    /** @return how far values and gradients are apart from those with the same numbers kept beforehand */
    private double distance(Phenotype phenotype) {
        var comparison = new Comparison(random, SHAPE);
        var others = new Comparison(random, SHAPE).interpret(phenotype, NUMERICS, new Statistics.OfTheBatch());
        var kept = Comparison.population(phenotype, others.moments());
        if (!others.finiteInFloat32()
                || !comparison.interpret(phenotype, NUMERICS, new Statistics.OfTheBatch()).finiteInFloat32()
                || !comparison.interpret(phenotype, NUMERICS, new Statistics.Population(others.moments()))
                        .finiteInFloat32()) {
            return Double.NaN; // a statistic that is not finite is judged before it is replaced
        }
        var answering = new Answering(kept);
        var given = run(comparison, phenotype, answering);
        assertThat(answering.seen).isNotEmpty().containsOnly("3 images of 15 pixels");
        return given.distance(run(comparison, phenotype, kept));
    }

    private static Comparison.Result run(Comparison comparison, Phenotype phenotype, BatchMoments moments) {
        return comparison.run(phenotype,
                constants -> new GraphLayer(phenotype, SHAPE.c(), NUMERICS, constants), DataType.FLOAT64, true,
                moments);
    }

    @Test
    void aGivenStatisticIsUsedAsIfItHadBeenKept() {
        for (String name : List.of("bn-relu", "bn-silu", "evonorm-b0", "evonorm-b1", "evonorm-b2")) {
            var phenotype = new Simplifier(NUMERICS).simplify(NamedLayers.find(name).orElseThrow());
            assertThat(distance(phenotype)).as(name).isLessThan(1e-12);
        }
    }

    @Test
    void soItIsInRandomGraphs() {
        int compared = 0;
        for (int i = 0; i < GRAPHS; i++) {
            var phenotype = Simplifier.literal(Graphs.random(Graphs.Draw.ROWS, random, 3 + random.nextInt(10)));
            double distance = phenotype.usesBatchStatistics() ? distance(phenotype) : Double.NaN;
            if (!Double.isNaN(distance)) {
                assertThat(distance).as(phenotype.toString()).isLessThan(1e-9);
                compared++;
            }
        }
        assertThat(compared).as("graphs with batch statistics").isGreaterThan(GRAPHS / 10);
    }
}
