package dev.normforge.comparison;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Primitive;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SlotLayer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** From what a specification names to what is trained: names looked up, random layers drawn. */
final class PlannedLayers {

    /** Most random graphs drawn for each layer that is asked for, and for all of them: a small space may not hold as many. */
    private static final int DRAWS_PER_LAYER = 100;
    private static final int DRAWS = 10_000;

    private final Numerics numerics;
    private final List<PlannedLayer> layers = new ArrayList<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<String> drawn = new HashSet<>();

    private PlannedLayers(Numerics numerics) {
        this.numerics = numerics;
    }

    /** @throws IllegalArgumentException where a name is unknown, a label is there twice, or there are too few random layers */
    static List<PlannedLayer> of(ComparisonSpec spec) {
        long count = spec.layers().stream()
                .mapToLong(layer -> layer instanceof ComparedLayer.Random random ? random.count() : 1).sum();
        Refusal.unless(count <= Planning.MOST_RUNS, "layers", count + " layers", "at most " + Planning.MOST_RUNS);
        var planned = new PlannedLayers(spec.proxy().numerics());
        for (int i = 0; i < spec.layers().size(); i++) {
            planned.add(spec.layers().get(i), "layers[%d]".formatted(i));
        }
        return List.copyOf(planned.layers);
    }

    /** The random ones alone. */
    static List<PlannedLayer> drawn(ComparisonSpec spec) {
        var planned = new PlannedLayers(spec.proxy().numerics());
        for (var layer : spec.layers()) {
            if (layer instanceof ComparedLayer.Random random) {
                planned.draw(random, "layers");
            }
        }
        return List.copyOf(planned.layers);
    }

    private void add(ComparedLayer compared, String path) {
        switch (compared) {
            case ComparedLayer.Named(var name) -> add(named(name, path), path + ".name");
            case ComparedLayer.Graph(var label, var nodes, var own) ->
                add(graph(label, nodes, own == null ? numerics : own), path + ".label");
            case ComparedLayer.Random random -> draw(random, path);
        }
    }

    private void add(PlannedLayer layer, String field) {
        Refusal.unless(labels.add(layer.label()), field, layer.label(), "a label that no other layer has");
        layers.add(layer);
    }

    private PlannedLayer named(String name, String path) {
        return switch (SlotLayer.named(name).orElseThrow(() -> new IllegalArgumentException(
                "%s.name is \"%s\", expected one of %s".formatted(path, name, String.join(", ", SlotLayer.names()))))) {
            case SlotLayer.Graph(var graph) -> graph(name, graph, numerics);
            case SlotLayer.Native written ->
                new PlannedLayer(name, written, numerics, written.layer().use(), written.layer().name());
        };
    }

    private static PlannedLayer graph(String label, LayerGraph graph, Numerics numerics) {
        return graph(label, graph, new Simplifier(numerics).simplify(graph), numerics);
    }

    private static PlannedLayer graph(String label, LayerGraph graph, Phenotype phenotype, Numerics numerics) {
        var use = phenotype.usesBatchStatistics() ? NativeLayer.Use.OF_THE_BATCH : NativeLayer.Use.NONE;
        return new PlannedLayer(label, new SlotLayer.Graph(graph), numerics, use, meaning(phenotype, numerics));
    }

    /** A phenotype with those of its numerics that matter to it: {@code bn-relu} is the same with any number of groups. */
    private static String meaning(Phenotype phenotype, Numerics numerics) {
        boolean groups = anyOperation(phenotype,
                op -> op instanceof Aggregation(var _, var over) && over == IndexSet.GROUP);
        boolean epsilon = anyOperation(phenotype, op -> switch (op) {
            case Aggregation(var moment, var _) -> moment != Moment.MEAN;
            case Elementwise elementwise -> elementwise == Elementwise.LOG || elementwise == Elementwise.SQRT;
        });
        return PhenotypeHash.of(phenotype,
                new Numerics(groups ? numerics.groups() : 1, epsilon ? numerics.epsilon() : 1)).hex();
    }

    private static boolean anyOperation(Phenotype phenotype, Predicate<Primitive> wanted) {
        return phenotype.terms().stream()
                .anyMatch(term -> term instanceof Term.Apply(var op, var _, var _) && wanted.test(op));
    }

    /** Graph i of a seed is drawn from its i-th generator; those that are known or do not read x are passed over. */
    private void draw(ComparedLayer.Random random, String path) {
        var graphs = new RandomGraphs(new SearchSpec.Space(random.operations(), random.draw(), false, null, null));
        var simplifier = new Simplifier(numerics);
        int wanted = drawn.size() + random.count();
        long most = Math.max(DRAWS, (long) DRAWS_PER_LAYER * random.count());
        for (long i = 0; i < most && drawn.size() < wanted; i++) {
            var graph = graphs.graph(new Draws(random.seed(), i));
            var phenotype = simplifier.simplify(graph);
            if (phenotype.uses(Term.Source.X)) {
                var layer = graph("random-" + (drawn.size() + 1), graph, phenotype, numerics);
                if (drawn.add(layer.meaning())) {
                    add(layer, path);
                }
            }
        }
        Refusal.unless(drawn.size() == wanted, path + ".count", random.count(),
                "at most %d: so many different layers are among %d random graphs of %d operations".formatted(
                        random.count() - (wanted - drawn.size()), most, random.operations()));
    }
}
