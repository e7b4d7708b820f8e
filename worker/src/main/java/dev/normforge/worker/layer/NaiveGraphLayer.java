package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import java.util.List;
import java.util.Objects;

/**
 * A graph as written, node by node, every value broadcast to full size at once: the yardstick of {@code bench training}, and
 * a second opinion on {@link GraphLayer}. Statistics are always the batch's own.
 */
public final class NaiveGraphLayer implements Slot {

    private final Phenotype literal;
    private final int channels;
    private final Numerics numerics;
    private final Constants constants;

    public NaiveGraphLayer(LayerGraph graph, int channels, Numerics numerics, Constants constants) {
        this.literal = Simplifier.literal(graph);
        this.channels = channels;
        this.numerics = numerics;
        this.constants = constants;
    }

    @Override
    public List<SlotParameter> parameters() {
        return SlotParameters.of(literal, channels);
    }

    @Override
    public NDArray forward(NDArray x, List<NDArray> all, BatchMoments moments) {
        var parameters = SlotParameters.of(literal, all);
        var shape = x.getShape();
        var values = new NDArray[literal.terms().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (literal.terms().get(i)) {
                case Term.Constant(double number) ->
                    Kernels.borrow(constants.of(number), x.getManager()).broadcast(shape);
                case Term.Input(var source) -> switch (source) {
                    case X -> x;
                    case V0 -> Objects.requireNonNull(parameters.v0(), "v0").broadcast(shape);
                    case V1 -> Objects.requireNonNull(parameters.v1(), "v1").broadcast(shape);
                };
                case Term.Apply(Elementwise operation, var inputs, var extent) ->
                    apply(operation, values[inputs.getFirst()], values[inputs.getLast()]);
                case Term.Apply(Aggregation aggregation, var inputs, var extent) ->
                    aggregate(aggregation, values[inputs.getFirst()], shape);
            };
        }
        return values[values.length - 1].mul(parameters.gamma()).add(parameters.beta());
    }

    private NDArray apply(Elementwise operation, NDArray a, NDArray b) {
        return switch (operation) {
            case ADD -> a.add(b);
            case MUL -> a.mul(b);
            case DIV -> a.div(b);
            case MAX -> a.maximum(b);
            case NEG -> a.neg();
            case SIGMOID -> Kernels.sigmoid(a);
            case TANH -> a.tanh();
            case EXP -> a.exp();
            case ABS -> a.abs();
            case SQUARE -> a.square();
            case LOG -> a.sign().mul(a.abs().add(constants.of(numerics.epsilon())).log());
            case SQRT -> a.sign().mul(rooted(a.abs()));
        };
    }

    private NDArray rooted(NDArray a) {
        return a.add(constants.of(numerics.epsilon())).sqrt();
    }

    private NDArray aggregate(Aggregation aggregation, NDArray a, Shape shape) {
        return switch (aggregation.moment()) {
            case MEAN -> mean(a, aggregation.over(), shape);
            case ROOT_MEAN_SQUARE -> rooted(mean(a.square(), aggregation.over(), shape));
            case DEVIATION -> {
                var centred = a.sub(mean(a, aggregation.over(), shape));
                yield rooted(mean(centred.square(), aggregation.over(), shape));
            }
        };
    }

    /** A mean, broadcast back to (N, C, H, W). */
    private NDArray mean(NDArray a, IndexSet over, Shape shape) {
        long n = shape.get(0);
        long space = shape.get(2) * shape.get(3);
        return switch (over) {
            case BATCH -> mean(a, n * space, 0, 2, 3).broadcast(shape);
            case LAYER -> mean(a, channels * space, 1, 2, 3).broadcast(shape);
            case INSTANCE -> mean(a, space, 2, 3).broadcast(shape);
            case GROUP -> {
                int groups = numerics.groupsFor(channels);
                int size = channels / groups;
                var grouped = a.reshape(n, groups, size, shape.get(2), shape.get(3));
                yield mean(grouped, size * space, 2, 3, 4)
                        .broadcast(n, groups, size, shape.get(2), shape.get(3)).reshape(shape);
            }
        };
    }

    private NDArray mean(NDArray a, long count, int... axes) {
        return a.sum(axes, true).mul(constants.of(1.0 / count));
    }

    /** All at full size, statistics over the batch included. */
    @Override
    public long flops(int height, int width) {
        long numbers = (long) channels * height * width;
        return literal.terms().stream().mapToLong(term -> switch (term) {
            case Term.Constant _,Term.Input _ -> 0;
            case Term.Apply(Elementwise _, var _, var _) -> numbers;
            case Term.Apply(Aggregation(var moment, var _), var _, var _) ->
                numbers * (LayerFlops.perNumber(moment) + LayerFlops.roots(moment));
        }).sum() + LayerFlops.AFFINE * numbers;
    }
}
