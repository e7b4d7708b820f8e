package dev.normforge.export;

import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Moments;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fixture.json}: what the reference interpreter computes in doubles, for whoever wants to check an export. Two steps of
 * training with their running statistics, then evaluation with what these have become. Arrays are flat, the last of (N, C, H, W)
 * varies fastest; the same layer always gives the same numbers.
 *
 * @param momentum share of the newest batch in running statistics
 * @param parameters as an exported module calls them
 */
record Fixture(String format, int numFeatures, int groups, double eps, double momentum, List<Integer> shape,
        Map<String, double[]> parameters, List<Step> training, Step evaluation) {

    private static final String FORMAT = "normforge.fixture/1";
    private static final long SEED = 20_040_296;
    private static final Shape SHAPE = new Shape(3, 8, 5, 4);
    /** So that groups are neither single channels nor all of them. */
    private static final int GROUPS = 4;
    private static final double MOMENTUM = 0.1;
    private static final double SPREAD = 0.5;

    private static final JsonMapper MAPPER = JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /**
     * One pass forward and back.
     *
     * @param upstream what is multiplied with the output before it is summed up
     * @param gradients of that sum, {@code x} and the parameters
     * @param running statistics after the step; empty in evaluation
     */
    record Step(double[] x, double[] y, double[] upstream, Map<String, double[]> gradients,
            Map<String, double[]> running) {
    }

    static Fixture of(Layer layer) {
        return new Making(layer).fixture();
    }

    String json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("format", format);
        fields.put("num_features", numFeatures);
        fields.put("groups", groups);
        fields.put("eps", eps);
        fields.put("momentum", momentum);
        fields.put("shape", shape);
        fields.put("parameters", parameters);
        fields.put("training", training);
        fields.put("evaluation", evaluation);
        return MAPPER.writeValueAsString(fields);
    }

    private static final class Making {

        private final Numerics numerics;
        private final Phenotype phenotype;
        private final LearnedVectors vectors;
        private final RunningStatistics running;
        private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        private final Interpreter interpreter;
        private final Map<String, double[]> kept = new LinkedHashMap<>();

        Making(Layer layer) {
            this.numerics = new Numerics(Math.min(GROUPS, layer.numerics().groups()), layer.numerics().epsilon());
            this.phenotype = new Simplifier(numerics).simplify(layer.graph());
            this.vectors = LearnedVectors.of(phenotype);
            this.running = RunningStatistics.of(phenotype);
            this.interpreter = new Interpreter(phenotype, numerics);
            for (var buffer : running.all()) {
                kept.put(buffer.name(), vector(buffer.initial(), 0));
            }
        }

        Fixture fixture() {
            var parameters = new Parameters(vector(0, SPREAD), vector(1, SPREAD), vector(1, SPREAD),
                    vector(0, SPREAD));
            var training = List.of(step(parameters, true), step(parameters, true));
            return new Fixture(FORMAT, SHAPE.c(), numerics.groups(), numerics.epsilon(), MOMENTUM,
                    List.of(SHAPE.n(), SHAPE.c(), SHAPE.h(), SHAPE.w()),
                    named(parameters.gamma(), parameters.beta(), parameters.v0(), parameters.v1()), training,
                    step(parameters, false));
        }

        private Step step(Parameters parameters, boolean training) {
            var x = normal(SHAPE.size(), 0, 1);
            var upstream = normal(SHAPE.size(), 0, 1);
            var y = interpreter.forward(x, SHAPE, parameters,
                    training ? new Statistics.OfTheBatch() : new Statistics.Population(population()));
            var found = interpreter.backward(upstream);
            var gradients = new LinkedHashMap<String, double[]>();
            gradients.put("x", found.x());
            gradients.putAll(named(found.gamma(), found.beta(), found.v0(), found.v1()));
            return new Step(x, y, upstream, gradients, training ? followed() : Map.of());
        }

        private Map<String, double[]> named(double[] gamma, double[] beta, double[] v0, double[] v1) {
            var named = new LinkedHashMap<String, double[]>();
            named.put("weight", gamma);
            named.put("bias", beta);
            for (var vector : vectors.all()) {
                named.put(vector.name(), vector.source() == Term.Source.V0 ? v0 : v1);
            }
            return named;
        }

        /** Running statistics after the interpreter's last pass, as copies. */
        private Map<String, double[]> followed() {
            var found = interpreter.batchMoments();
            var copies = new LinkedHashMap<String, double[]>();
            for (int i = 0; i < found.size(); i++) {
                var buffer = running.all().get(i);
                var average = Objects.requireNonNull(kept.get(buffer.name()));
                var batch = of(found.get(i), buffer.moment());
                var next = new double[batch.length];
                for (int c = 0; c < next.length; c++) {
                    next[c] = (1 - MOMENTUM) * average[c] + MOMENTUM * batch[c];
                }
                kept.put(buffer.name(), next);
                copies.put(buffer.name(), next.clone());
            }
            return copies;
        }

        private static double[] of(Moments moments, Moment moment) {
            return switch (moment) {
                case MEAN -> moments.mean();
                case ROOT_MEAN_SQUARE -> moments.meanSquare();
                case DEVIATION -> moments.variance();
            };
        }

        private List<Moments> population() {
            return running.all().stream().map(buffer -> kept.get(buffer.name()))
                    .map(average -> new Moments(average, average, average)).toList();
        }

        private double[] vector(double centre, double spread) {
            return normal(SHAPE.c(), centre, spread);
        }

        private double[] normal(int size, double centre, double spread) {
            var numbers = new double[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = centre + spread * random.nextGaussian();
            }
            return numbers;
        }
    }
}
