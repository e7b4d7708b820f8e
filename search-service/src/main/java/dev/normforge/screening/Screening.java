package dev.normforge.screening;

import dev.normforge.graph.Cost;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SearchSpec;

/** Static rules, numeric probe, stack probe, in order of cost. Deterministic and thread-safe. */
public final class Screening {

    private final SearchSpec.Screen screen;
    private final Numerics numerics;
    private final Simplifier simplifier;
    private final StaticRules rules;
    private final NumericProbe probe;
    private final StackProbe stack;
    private final ThreadLocal<Arena> probeArena = ThreadLocal.withInitial(NumericProbe::arena);
    private final ThreadLocal<Arena> stackArena = ThreadLocal.withInitial(StackProbe::arena);

    public Screening(SearchSpec.Space space, SearchSpec.Screen screen, Numerics numerics) {
        this.screen = screen;
        this.numerics = numerics;
        this.simplifier = new Simplifier(numerics);
        this.rules = new StaticRules(space);
        this.probe = new NumericProbe(numerics);
        this.stack = new StackProbe(numerics);
    }

    public Verdict screen(LayerGraph graph) {
        return switch (byRules(graph)) {
            case Verdict.Refused refused -> refused;
            case Verdict.Passed(var subject) -> switch (byProbe(subject)) {
                case Verdict.Refused refused -> refused;
                case Verdict.Passed(var probed) -> byStack(probed);
            };
        };
    }

    Verdict byRules(LayerGraph graph) {
        var phenotype = simplifier.simplify(graph);
        var subject = new Verdict.Subject(phenotype, PhenotypeHash.of(phenotype, numerics), Cost.of(phenotype), null);
        var finding = rules.refusal(phenotype, subject.cost());
        return finding == null
                ? new Verdict.Passed(subject)
                : new Verdict.Refused(subject, finding.rule(), finding.value());
    }

    Verdict byProbe(Verdict.Subject subject) {
        var probed = probe.probe(subject.phenotype(), probeArena.get());
        var known = new Verdict.Subject(subject.phenotype(), subject.hash(), subject.cost(), probed.initialBehaviour());
        var finding = probed.refusal();
        return finding == null
                ? new Verdict.Passed(known)
                : new Verdict.Refused(known, finding.rule(), finding.value());
    }

    Verdict byStack(Verdict.Subject subject) {
        var limits = screen.stack();
        var finding = limits == null ? null : stack.refusal(subject.phenotype(), limits, stackArena.get());
        return finding == null
                ? new Verdict.Passed(subject)
                : new Verdict.Refused(subject, finding.rule(), finding.value());
    }
}
