package dev.normforge.screening;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.PhenotypeHash;
import org.jspecify.annotations.Nullable;

/** What screening says of a graph. */
public sealed interface Verdict {

    /** What it computes. */
    Subject subject();

    /**
     * A simplified layer.
     *
     * @param initialBehaviour fingerprint of what it does at initialisation (v0 = 0, v1 = 1), hexadecimal; null where the
     *        probe was not reached
     */
    record Subject(Phenotype phenotype, PhenotypeHash hash, Cost cost, @Nullable String initialBehaviour) {
    }

    /** Nothing speaks against training it. */
    record Passed(Subject subject) implements Verdict {
    }

    /** @param value what the rule measured, NaN where it is not a number */
    record Refused(Subject subject, Rule rule, double value) implements Verdict {
    }

    /** Why a graph is refused. Static rules read its extent and cost, probe rules its numbers, stack rules ten copies. */
    enum Rule {
        NO_INPUT(Stage.STATIC),
        CONSTANT_OVER_SPACE(Stage.STATIC),
        CONSTANT_OVER_SAMPLES(Stage.STATIC),
        FORBIDDEN_AGGREGATION(Stage.STATIC),
        TOO_MANY_OPERATIONS(Stage.STATIC),
        TOO_MANY_TENSOR_PASSES(Stage.STATIC),
        NON_FINITE(Stage.PROBE),
        CONSTANT(Stage.PROBE),
        NO_GRADIENT(Stage.PROBE),
        STACK_NON_FINITE(Stage.STACK),
        STACK_GROWTH(Stage.STACK),
        STACK_GRADIENT(Stage.STACK),
        STACK_INDISTINCT(Stage.STACK);

        private final Stage stage;

        Rule(Stage stage) {
            this.stage = stage;
        }

        public Stage stage() {
            return stage;
        }
    }

    /** In order of cost. */
    enum Stage {
        STATIC, PROBE, STACK
    }
}
