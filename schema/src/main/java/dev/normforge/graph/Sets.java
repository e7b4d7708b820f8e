package dev.normforge.graph;

/**
 * The sets of elements that an aggregation takes its moments over, in a tensor laid out as (N, C, H, W). A set is made of
 * sections of consecutive elements; {@link #start} says where one begins.
 *
 * @param sets how many there are
 * @param sections sections of a set
 * @param length elements of a section
 * @param stride elements from one section of a set to its next
 */
record Sets(int sets, int sections, int length, int stride) {

    static Sets of(IndexSet over, Interpreter.Shape shape, Numerics numerics) {
        int plane = shape.h() * shape.w();
        return switch (over) {
            case BATCH -> new Sets(shape.c(), shape.n(), plane, shape.c() * plane);
            case LAYER -> consecutive(shape, shape.c() * plane);
            case INSTANCE -> consecutive(shape, plane);
            case GROUP -> consecutive(shape, shape.c() / numerics.groupsFor(shape.c()) * plane);
        };
    }

    private static Sets consecutive(Interpreter.Shape shape, int length) {
        return new Sets(shape.size() / length, 1, length, 0);
    }

    int start(int set, int section) {
        return set * length + section * stride;
    }

    /** Elements of a set. */
    int count() {
        return sections * length;
    }

    double sum(double[] a, int set) {
        double sum = 0;
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                sum += a[i];
            }
        }
        return sum;
    }

    /** Exact where all are equal, so that their deviation is exactly √ε. */
    double mean(double[] a, int set) {
        double origin = a[start(set, 0)];
        double sum = 0;
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                sum += a[i] - origin;
            }
        }
        return origin + sum / count();
    }

    /** Σ (a − centre)² */
    double sumOfSquares(double[] a, double centre, int set) {
        double sum = 0;
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                double off = a[i] - centre;
                sum += off * off;
            }
        }
        return sum;
    }

    void fill(double[] a, double value, int set) {
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                a[i] = value;
            }
        }
    }

    /** a ← a + factor·(b − centre) */
    void addScaled(double[] a, double factor, double[] b, double centre, int set) {
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                a[i] += factor * (b[i] - centre);
            }
        }
    }

    /** a ← a + value */
    void add(double[] a, double value, int set) {
        for (int k = 0; k < sections; k++) {
            int start = start(set, k);
            for (int i = start; i < start + length; i++) {
                a[i] += value;
            }
        }
    }
}
