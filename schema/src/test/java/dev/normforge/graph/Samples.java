package dev.normforge.graph;

import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import java.util.random.RandomGenerator;

/** Random inputs and distances. */
final class Samples {

    private Samples() {
    }

    static double[] normal(RandomGenerator random, int size) {
        var a = new double[size];
        for (int i = 0; i < size; i++) {
            a[i] = random.nextGaussian();
        }
        return a;
    }

    static Parameters parameters(RandomGenerator random, Shape shape) {
        return new Parameters(normal(random, shape.c()), normal(random, shape.c()), normal(random, shape.c()),
                normal(random, shape.c()));
    }

    /** ‖a − b‖ / max(1, ‖b‖), 0 for equal arrays. */
    static double distance(double[] a, double[] b) {
        double off = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            off += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(off) / Math.max(1, Math.sqrt(norm));
    }
}
