package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Gradients;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import dev.normforge.testing.MonteCarloArithmetic;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** One input, run through the interpreter and through the engine. */
final class Comparison {

    static final Torch TORCH = Torch.start();
    private static final int ROUNDING_DRAWS = 8;

    private final Interpreter.Shape shape;
    private final double[] x;
    private final Parameters parameters;
    private final double[] upstream;

    /** Values and gradients of one run. */
    record Result(double[] output, Gradients gradients) {

        boolean finite() {
            return DoubleStream.concat(DoubleStream.of(output), all()).allMatch(Double::isFinite);
        }

        private DoubleStream all() {
            return parts().stream().flatMapToDouble(DoubleStream::of);
        }

        double valueDistance(Result other) {
            return length(difference(output, other.output)) / Math.max(1, length(other.output));
        }

        /**
         * The largest distance of a part from another run's, in lengths of that other part; of 1 where it is shorter, and of
         * a thousandth of all gradients together, against which a part may vanish.
         */
        double distance(Result other) {
            double largest = valueDistance(other);
            for (int i = 0; i < parts().size(); i++) {
                double whole = Math.max(1, Math.max(length(other.parts().get(i)), 1e-3 * other.gradientLength()));
                double distance = length(difference(parts().get(i), other.parts().get(i))) / whole;
                largest = distance <= largest ? largest : distance;
            }
            return largest;
        }

        private double gradientLength() {
            return length(parts().stream().mapToDouble(Result::length).toArray());
        }

        private List<double[]> parts() {
            return List.of(gradients.x(), gradients.v0(), gradients.v1(), gradients.gamma(), gradients.beta());
        }

        private static double[] difference(double[] a, double[] b) {
            double[] difference = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                difference[i] = a[i] - b[i];
            }
            return difference;
        }

        private static double length(double[] values) {
            return Math.sqrt(DoubleStream.of(values).map(Result::square).sum());
        }

        private static double square(double value) {
            return value * value;
        }
    }

    Comparison(RandomGenerator random, Interpreter.Shape shape) {
        this.shape = shape;
        this.x = normal(random, shape.size(), 0.2, 1);
        this.parameters = new Parameters(normal(random, shape.c(), 0, 0.5), normal(random, shape.c(), 1, 0.3),
                normal(random, shape.c(), 1, 0.3), normal(random, shape.c(), 0, 0.5));
        this.upstream = normal(random, shape.size(), 0, 1);
    }

    private Comparison(Interpreter.Shape shape, double[] x, Parameters parameters, double[] upstream) {
        this.shape = shape;
        this.x = x;
        this.parameters = parameters;
        this.upstream = upstream;
    }

    private static double[] normal(RandomGenerator random, int count, double mean, double deviation) {
        return random.doubles(count).map(ignored -> (float) (mean + deviation * random.nextGaussian())).toArray();
    }

    /** As before any training, on maps with ties: half of x is zero, one channel in all. */
    Comparison atStart() {
        double[] rectified = DoubleStream.of(x).map(value -> Math.max(0, value)).toArray();
        int plane = shape.h() * shape.w();
        for (int start = 0; start < x.length; start += plane * shape.c()) {
            Arrays.fill(rectified, start, start + plane, 0);
        }
        return new Comparison(shape, rectified, Parameters.initial(shape.c()), upstream);
    }

    /** The same with a little noise on x, v0 and v1, relative to them. */
    Comparison disturbed(RandomGenerator random, double noise) {
        var shaken = new Parameters(shaken(parameters.v0(), random, noise), shaken(parameters.v1(), random, noise),
                parameters.gamma(), parameters.beta());
        return new Comparison(shape, shaken(x, random, noise), shaken, upstream);
    }

    private static double[] shaken(double[] values, RandomGenerator random, double noise) {
        return DoubleStream.of(values).map(value -> value * (1 + noise * random.nextGaussian())).toArray();
    }

    /** How far, at most, errors of one unit in the last place of every value and gradient move the result. */
    double movedByRounding(Phenotype phenotype, Numerics numerics, Statistics statistics,
            MonteCarloArithmetic.Precision precision, RandomGenerator random) {
        var exact = interpret(phenotype, numerics, statistics).result();
        double largest = 0;
        for (int draw = 0; draw < ROUNDING_DRAWS; draw++) {
            var moved = new MonteCarloArithmetic(phenotype, numerics, shape, precision, random).run(x, parameters,
                    statistics, upstream);
            double distance = new Result(moved.output(), moved.gradients()).distance(exact);
            largest = Math.max(largest, distance);
        }
        return largest;
    }

    record Interpreted(Result result, boolean finiteInFloat32, List<Interpreter.Moments> moments) {
    }

    Interpreted interpret(Phenotype phenotype, Numerics numerics, Statistics statistics) {
        var interpreter = new Interpreter(phenotype, numerics);
        double[] output = interpreter.forward(x, shape, parameters, statistics);
        var gradients = interpreter.backward(upstream);
        return new Interpreted(new Result(output, gradients), interpreter.finiteInFloat32(),
                interpreter.batchMoments());
    }

    Result run(Phenotype layer, Function<Constants, Slot> slots, DataType type, boolean channelsLast,
            BatchMoments moments) {
        try (var scope = TORCH.newScope(); var step = scope.newSubManager()) {
            var constants = new Constants(scope, type);
            var slot = slots.apply(constants);
            var input = leaf(step, constants, channelsLast ? lastToFirst(x) : x,
                    channelsLast
                            ? new Shape(shape.n(), shape.h(), shape.w(), shape.c())
                            : new Shape(shape.n(), shape.c(), shape.h(), shape.w()));
            var image = channelsLast ? input.transpose(0, 3, 1, 2) : input;
            var vector = new Shape(1, shape.c(), 1, 1);
            var v0 = leaf(step, constants, parameters.v0(), vector);
            var v1 = leaf(step, constants, parameters.v1(), vector);
            var gamma = leaf(step, constants, parameters.gamma(), vector);
            var beta = leaf(step, constants, parameters.beta(), vector);
            var all = new ArrayList<NDArray>();
            if (layer.uses(Term.Source.V0)) {
                all.add(v0);
            }
            if (layer.uses(Term.Source.V1)) {
                all.add(v1);
            }
            all.addAll(List.of(gamma, beta));
            var output = slot.forward(image, all, moments);
            var weights = constants.create(step, upstream, new Shape(shape.n(), shape.c(), shape.h(), shape.w()));
            var loss = output.mul(weights).sum();
            TORCH.backward(loss, constants.of(1));
            double[] gradient = gradient(input);
            return new Result(constants.read(output), new Gradients(channelsLast ? firstToLast(gradient) : gradient,
                    gradient(v0), gradient(v1),
                    gradient(gamma), gradient(beta)));
        }
    }

    /** Zero where the output does not depend on it. */
    private static double[] gradient(NDArray leaf) {
        return leaf.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private static NDArray leaf(NDManager step, Constants constants, double[] values, Shape shape) {
        var array = constants.create(step, values, shape);
        array.setRequiresGradient(true);
        return array;
    }

    private double[] lastToFirst(double[] values) {
        double[] moved = new double[values.length];
        each((channelsFirst, channelsLast) -> moved[channelsLast] = values[channelsFirst]);
        return moved;
    }

    private double[] firstToLast(double[] values) {
        double[] moved = new double[values.length];
        each((channelsFirst, channelsLast) -> moved[channelsFirst] = values[channelsLast]);
        return moved;
    }

    private interface IndexPair {
        void accept(int channelsFirst, int channelsLast);
    }

    private void each(IndexPair action) {
        int area = shape.h() * shape.w();
        for (int n = 0; n < shape.n(); n++) {
            for (int c = 0; c < shape.c(); c++) {
                for (int i = 0; i < area; i++) {
                    action.accept((n * shape.c() + c) * area + i, (n * area + i) * shape.c() + c);
                }
            }
        }
    }

    /** Given moments for every aggregation over the batch, in the order of terms. */
    static BatchMoments population(Phenotype phenotype, List<Interpreter.Moments> moments) {
        Map<Integer, double[]> values = new HashMap<>();
        int next = 0;
        for (int i = 0; i < phenotype.terms().size(); i++) {
            if (Phenotype.isBatchAggregation(phenotype.terms().get(i))
                    && phenotype.terms()
                            .get(i) instanceof Term.Apply(Aggregation(var moment, var over), var in, var extent)) {
                var found = moments.get(next++);
                double[] all = switch (moment) {
                    case MEAN -> found.mean();
                    case ROOT_MEAN_SQUARE -> found.meanSquare();
                    case DEVIATION -> found.variance();
                };
                values.put(i, extent.channel() == Extent.Channel.NONE ? new double[]{all[0]} : all);
            }
        }
        return new BatchMoments() {
            @Override
            public double @Nullable [] kept(int term, Moment moment, int length) {
                return values.get(term);
            }

            @Override
            public boolean watching() {
                return false;
            }

            @Override
            public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
                    int pixels) {
                throw new IllegalStateException();
            }
        };
    }
}
