package dev.normforge.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SearchSpec.Space;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompactLayerDisagreesWithInterpreterTest {

    private static final Axes AXES = new Axes(12, 3, 6);
    private static final Interpreter.Shape SHAPE = new Interpreter.Shape(3, 12, 2, 3);
    private static final Numerics NUMERICS = new Numerics(4, 1e-5);

    private final Noise noise = new Noise(9);
    private final Arena arena = new Arena(AXES.size());
    private int finite;

    @Test
    void everyNamedLayerAgrees() {
        for (var name : NamedLayers.names()) {
            agrees(NamedLayers.find(name).orElseThrow());
        }
        assertThat(finite).isEqualTo(NamedLayers.names().size());
    }

    @Test
    void randomGraphsAgreeInValueGradientAndRange() {
        var graphs = new RandomGraphs(new Space(10, Space.Draw.OPERATIONS, false, null, null));
        var draws = new Draws(8, 8);
        for (int i = 0; i < 20_000; i++) {
            agrees(graphs.graph(draws));
        }
        assertThat(finite).isBetween(15_000, 19_999);
    }

    private void agrees(LayerGraph graph) {
        var phenotype = new Simplifier(NUMERICS).simplify(graph);
        var x = noise.normal(AXES.size(), 1);
        var v0 = noise.normal(AXES.channels(), 1);
        var v1 = noise.normal(AXES.channels(), 1);
        var upstream = noise.normal(AXES.size(), 1);
        var ones = new double[AXES.channels()];
        Arrays.fill(ones, 1);

        var oracle = new Interpreter(phenotype, NUMERICS);
        var output = transposed(oracle.forward(untransposed(x), SHAPE,
                new Interpreter.Parameters(v0, v1, ones, new double[AXES.channels()]),
                new Interpreter.Statistics.OfTheBatch()));
        var gradient = transposed(oracle.backward(untransposed(upstream)).x());

        arena.reset();
        var pass = new CompactLayer(phenotype, NUMERICS, AXES, arena).forward(x, v0, v1);
        var atX = pass == null ? null : pass.backward(upstream);
        assertThat(atX != null).as("finite: %s", phenotype).isEqualTo(oracle.finiteInFloat32());
        if (pass != null && atX != null) {
            finite++;
            assertThat(distance(full(pass.output(), phenotype), output, 0)).as("%s", phenotype).isLessThan(1e-10);
            assertThat(distance(atX, gradient, 1)).as("gradient of %s", phenotype).isLessThan(1e-8);
        }
    }

    private static double[] full(double[] value, Phenotype phenotype) {
        var axes = AXES.of(phenotype.output().extent(), NUMERICS);
        if (axes.equals(AXES)) {
            return value;
        }
        var wide = new double[AXES.size()];
        new Fold(AXES, axes).broadcast(value, wide);
        return wide;
    }

    /** Norm of the difference over norm; {@code least} is the least root mean square that counts. */
    private static double distance(double[] a, double[] b, double least) {
        double off = 0;
        double norm = Double.MIN_NORMAL + least * AXES.size();
        for (int i = 0; i < AXES.size(); i++) {
            off += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(off / norm);
    }

    /** From (samples, channels, positions) to (channels, samples, positions). */
    private static double[] transposed(double[] a) {
        return swapped(a, AXES.samples(), AXES.channels());
    }

    private static double[] untransposed(double[] a) {
        return swapped(a, AXES.channels(), AXES.samples());
    }

    private static double[] swapped(double[] a, int outer, int inner) {
        var swapped = new double[a.length];
        int positions = AXES.positions();
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                System.arraycopy(a, (i * inner + j) * positions, swapped, (j * outer + i) * positions, positions);
            }
        }
        return swapped;
    }
}
