package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * PyTorch. Every value has four dimensions, 1 where it does not vary, groups of channels apart, which are written out for each
 * channel: a moment over equally large parts weighs all alike, so that it is the moment at full size.
 */
final class TorchNotation extends ProgramNotation {

    private static final int LONG = 60;

    private final RunningStatistics running;
    private final LearnedVectors vectors;
    private final Set<TorchFunction> functions = new TreeSet<>();

    TorchNotation(RunningStatistics running, LearnedVectors vectors) {
        this.running = running;
        this.vectors = vectors;
    }

    /** What has been written calls these. */
    Set<TorchFunction> functions() {
        return functions;
    }

    @Override
    public String input(Term.Source source) {
        return source == Term.Source.X ? "x" : vectors.name(source);
    }

    /** No term is computed twice, and no line is long. */
    @Override
    public boolean named(String text, boolean operations, int readers) {
        return readers > 1 || text.length() > LONG;
    }

    @Override
    public String fraction(Part a, Part b) {
        return a.factor() + " / " + b.atom();
    }

    @Override
    public String function(Elementwise op, String a) {
        return switch (op) {
            case LOG -> call(TorchFunction.LOG, a + ", self.eps");
            case SQRT -> call(TorchFunction.SQRT, a + ", self.eps");
            default -> "torch.%s(%s)".formatted(op.op(), a);
        };
    }

    @Override
    public String square(Part a) {
        return "torch.square(%s)".formatted(a.bare());
    }

    /** Not relu or clamp: these give one side the whole gradient at a tie, where the layer was trained with half for each. */
    @Override
    public String maximum(String a, String b, boolean aIsNumber, boolean bIsNumber) {
        return "torch.maximum(%s, %s)".formatted(aIsNumber ? filled(a) : a, bIsNumber ? filled(b) : b);
    }

    private static String filled(String number) {
        return "x.new_full((), %s)".formatted(number);
    }

    @Override
    public String aggregation(Aggregation op, String a, Term input, int position) {
        if (op.over() == IndexSet.BATCH) {
            return batch(op.moment(), a, running.at(position));
        }
        if (op.over() == IndexSet.GROUP && input.extent().channel() != Extent.Channel.NONE) {
            return switch (op.moment()) {
                case MEAN -> call(TorchFunction.GROUP_MEAN, a + ", self.groups");
                case ROOT_MEAN_SQUARE -> call(TorchFunction.GROUP_RMS, a + ", self.groups, self.eps");
                case DEVIATION -> call(TorchFunction.GROUP_STD, a + ", self.groups, self.eps");
            };
        }
        var over = op.over() == IndexSet.LAYER ? "(1, 2, 3)" : "(2, 3)";
        return switch (op.moment()) {
            case MEAN -> "torch.mean(%s, %s, keepdim=True)".formatted(a, over);
            case ROOT_MEAN_SQUARE -> call(TorchFunction.RMS, "%s, %s, self.eps".formatted(a, over));
            case DEVIATION -> call(TorchFunction.STD, "%s, %s, self.eps".formatted(a, over));
        };
    }

    private String batch(Moment moment, String a, RunningStatistics.Buffer buffer) {
        var function = switch (moment) {
            case MEAN -> TorchFunction.BATCH_MEAN;
            case ROOT_MEAN_SQUARE -> TorchFunction.BATCH_MS;
            case DEVIATION -> TorchFunction.BATCH_VAR;
        };
        functions.add(function);
        var call = "self.%s(%s, self.%s)".formatted(function.title(), a, buffer.name());
        return moment == Moment.MEAN ? call : "torch.sqrt(%s + self.eps)".formatted(call);
    }

    @Override
    public Map<Integer, Fusion> fusions(Phenotype phenotype) {
        return Fusion.in(phenotype);
    }

    @Override
    public String fused(Fusion fusion, List<String> inputs) {
        return switch (fusion) {
            case Fusion.Silu _ -> "nn.functional.silu(%s)".formatted(inputs.getFirst());
            case Fusion.Standardized standardized -> standardized(standardized, inputs);
        };
    }

    private String standardized(Fusion.Standardized call, List<String> inputs) {
        var arguments = new StringBuilder(inputs.getFirst()).append(", ").append(switch (call.over()) {
            case GROUP -> "self.groups, self.eps";
            case LAYER -> "1, self.eps";
            case INSTANCE -> "self.num_features, self.eps";
            case BATCH -> "self.%s, self.%s".formatted(running.at(call.mean()).name(),
                    running.at(call.deviation()).name());
        });
        if (call.weight() != null) {
            arguments.append(", weight=").append(inputs.get(1));
        }
        if (call.bias() != null) {
            arguments.append(", bias=").append(inputs.getLast());
        }
        return call.over() == IndexSet.BATCH
                ? "self." + call(TorchFunction.BATCH_NORM, arguments.toString())
                : call(TorchFunction.GROUP_NORM, arguments.toString());
    }

    private String call(TorchFunction function, String arguments) {
        functions.add(function);
        return "%s(%s)".formatted(function.title(), arguments);
    }
}
