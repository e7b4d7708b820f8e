package dev.normforge.graph;

/** A moment over an index set; the result is broadcast back over the axes it was taken over. */
public record Aggregation(Moment moment, IndexSet over) implements Primitive {

    private static final int FIRST_CODE = Elementwise.values().length;

    @Override
    public int code() {
        return FIRST_CODE + IndexSet.values().length * moment.ordinal() + over.ordinal();
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public String op() {
        return moment.op();
    }
}
