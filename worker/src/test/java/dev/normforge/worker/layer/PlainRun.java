package dev.normforge.worker.layer;

import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.worker.layer.PlainLayers.Running;
import dev.normforge.worker.layer.PlainLayers.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A layer's formula on an input.
 *
 * @param before what was kept of earlier batches
 */
record PlainRun(NativeLayer layer, Numerics numerics, Use use, Running before) {

    /** What is kept after it. */
    Running after(SlotRun run) {
        return forward(run, arrays(run)).after();
    }

    /** The output, and its derivatives by every number one after the other. */
    SlotRun.Result derived(SlotRun run) {
        var arrays = arrays(run);
        var output = forward(run, arrays).output();
        var gradients = new ArrayList<double[]>();
        for (var array : arrays) {
            double[] gradient = new double[array.length];
            for (int i = 0; i < array.length; i++) {
                var number = array[i];
                array[i] = new Dual(number.value(), 1);
                gradient[i] = loss(run, arrays).slope();
                array[i] = number;
            }
            gradients.add(gradient);
        }
        return new SlotRun.Result(Arrays.stream(output).mapToDouble(Dual::value).toArray(), gradients);
    }

    /** The derivative of the output times {@code upstream} along a direction of x. */
    double slope(SlotRun run, double[] direction) {
        var arrays = arrays(run);
        Arrays.setAll(arrays.getFirst(), i -> new Dual(run.x()[i], direction[i]));
        return loss(run, arrays).slope();
    }

    /** The same as a quotient of differences, from values alone. */
    double quotient(SlotRun run, double[] direction, double step) {
        return (moved(run, direction, step) - moved(run, direction, -step)) / (2 * step);
    }

    private double moved(SlotRun run, double[] direction, double step) {
        var arrays = arrays(run);
        Arrays.setAll(arrays.getFirst(), i -> Dual.constant(run.x()[i] + step * direction[i]));
        return loss(run, arrays).value();
    }

    private Dual loss(SlotRun run, List<Dual[]> arrays) {
        var output = forward(run, arrays).output();
        var sum = Dual.constant(0);
        for (int i = 0; i < output.length; i++) {
            sum = sum.plus(output[i].times(run.upstream()[i]));
        }
        return sum;
    }

    private PlainLayers.Result forward(SlotRun run, List<Dual[]> arrays) {
        return new PlainLayers(run.shape(), numerics).forward(layer, arrays.getFirst(),
                arrays.subList(1, arrays.size()), use, before);
    }

    /** x, then the parameters. */
    private static List<Dual[]> arrays(SlotRun run) {
        var arrays = new ArrayList<Dual[]>();
        arrays.add(constants(run.x()));
        run.parameters().forEach(parameter -> arrays.add(constants(parameter)));
        return arrays;
    }

    private static Dual[] constants(double[] values) {
        return Arrays.stream(values).mapToObj(Dual::constant).toArray(Dual[]::new);
    }
}
