package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Term;
import java.util.HashSet;
import java.util.Set;

/**
 * Libraries with NumPy's names and channels last, which broadcast vectors as they are. A value keeps its four dimensions, 1
 * where it does not vary; what calls for a function of {@code functions.py} is noted.
 */
abstract class ArrayNotation extends ProgramNotation {

    private static final int LONG = 60;

    private final String library;
    private final LearnedVectors vectors;
    private final RunningStatistics running;
    private final Set<String> called = new HashSet<>();

    ArrayNotation(String library, LearnedVectors vectors, RunningStatistics running) {
        this.library = library;
        this.vectors = vectors;
        this.running = running;
    }

    /** Conditions of templates, for what has been written. */
    final Set<String> called() {
        return called;
    }

    abstract String epsilon();

    abstract String sigmoid(String a);

    /** The axes of space, as code. */
    abstract String space();

    /** Channels of a group, as code. */
    abstract String groupSize();

    /** The moment itself, without a root. */
    abstract String batch(Moment moment, String a, RunningStatistics.Buffer buffer);

    @Override
    public final String input(Term.Source source) {
        return source == Term.Source.X ? "x" : vectors.name(source);
    }

    /** No term is computed twice, and no line is long. */
    @Override
    public final boolean named(String text, boolean operations, int readers) {
        return readers > 1 || text.length() > LONG;
    }

    @Override
    public final String fraction(Part a, Part b) {
        return a.factor() + " / " + b.atom();
    }

    @Override
    public final String square(Part a) {
        return of("square", a.bare());
    }

    @Override
    public final String function(Elementwise op, String a) {
        return switch (op) {
            case LOG -> call("log", "_log", a, epsilon());
            case SQRT -> call("sqrt", "_sqrt", a, epsilon());
            case ABS -> call("abs", "_abs", a);
            case SIGMOID -> sigmoid(a);
            default -> of(op.op(), a);
        };
    }

    @Override
    public final String aggregation(Aggregation op, String a, Term input, int position) {
        if (op.over() == IndexSet.BATCH) {
            var moment = batch(op.moment(), a, running.at(position));
            return op.moment() == Moment.MEAN ? moment : root(moment);
        }
        if (op.moment() == Moment.ROOT_MEAN_SQUARE && input.extent().constantOver(op.over())) {
            return root(of("square", a));
        }
        if (op.over() == IndexSet.GROUP && input.extent().channel() != Extent.Channel.NONE) {
            called.add("grouped");
            return switch (op.moment()) {
                case MEAN -> call("grouped", "_group_mean", a, space(), groupSize());
                case ROOT_MEAN_SQUARE -> call("groupRms", "_group_rms", a, space(), groupSize(), epsilon());
                case DEVIATION -> call("groupStd", "_group_std", a, space(), groupSize(), epsilon());
            };
        }
        var axes = op.over() == IndexSet.LAYER ? "(1, 2, 3)" : space();
        return switch (op.moment()) {
            case MEAN -> of("mean", "%s, %s, keepdims=True".formatted(a, axes));
            case ROOT_MEAN_SQUARE -> call("rms", "_rms", a, axes, epsilon());
            case DEVIATION -> call("std", "_std", a, axes, epsilon());
        };
    }

    private String root(String a) {
        return of("sqrt", "%s + %s".formatted(a, epsilon()));
    }

    /** The library's own. */
    final String of(String function, String arguments) {
        return "%s.%s(%s)".formatted(library, function, arguments);
    }

    final String call(String condition, String function, String... arguments) {
        called.add(condition);
        return "%s(%s)".formatted(function, String.join(", ", arguments));
    }
}
