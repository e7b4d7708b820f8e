package dev.normforge.graph;

import java.util.List;

/** A phenotype as text, for example {@code x * sigmoid(v1 * x) / std_whc/g(x)}; the trailing affine is left out. */
public final class Formula {

    private Formula() {
    }

    public static String of(Phenotype phenotype) {
        throw new UnsupportedOperationException("not yet " + phenotype);
    }

    /** The terms one by one for people: position, operation, inputs, extent. */
    public static List<String> lines(Phenotype phenotype) {
        throw new UnsupportedOperationException("not yet " + phenotype);
    }
}
