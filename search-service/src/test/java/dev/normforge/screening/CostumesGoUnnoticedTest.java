package dev.normforge.screening;

import static dev.normforge.graph.Elementwise.ADD;
import static dev.normforge.graph.Elementwise.DIV;
import static dev.normforge.graph.Elementwise.MUL;
import static dev.normforge.graph.Elementwise.NEG;
import static dev.normforge.graph.Elementwise.SIGMOID;
import static dev.normforge.graph.Elementwise.TANH;
import static dev.normforge.graph.LayerGraph.V0;
import static dev.normforge.graph.LayerGraph.V1;
import static dev.normforge.graph.LayerGraph.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Moment;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostumesGoUnnoticedTest {

    private final Screening screening = new Screening(Layers.SPACE, Layers.LAPTOP, Layers.NUMERICS);

    private @Nullable String behaviour(Consumer<Layers> drawing) {
        var layers = new Layers();
        drawing.accept(layers);
        return screening.screen(layers.graph()).subject().initialBehaviour();
    }

    private @Nullable String behaviour(LayerGraph graph) {
        return screening.screen(graph).subject().initialBehaviour();
    }

    @Test
    void whatTheTrailingAffineOrTheInitialVectorsHideIsTheSameBehaviour() {
        var tanh = behaviour(Layers.chain(TANH));

        assertThat(tanh).matches("[0-9a-f]{32}");
        assertThat(Stream.of(behaviour(Layers.chain(TANH, NEG)), behaviour(l -> l.add(MUL, V1, l.add(TANH, X))),
                behaviour(l -> l.add(ADD, l.add(TANH, l.add(MUL, X, V1)), V0)),
                behaviour(l -> l.add(DIV, l.add(TANH, X),
                        l.add(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), l.add(TANH, X)))),
                behaviour(l -> l.add(SIGMOID, l.add(ADD, X, X))))).containsOnly(tanh);
    }

    @Test
    void otherFunctionsAreOtherBehaviours() {
        assertThat(Stream.of(behaviour(Layers.chain(TANH)), behaviour(Layers.chain(SIGMOID)),
                behaviour(l -> l.add(TANH, l.add(ADD, X, X))), behaviour(Layers.named("relu")),
                behaviour(Layers.named("bn-relu")), behaviour(Layers.named("gn-relu")),
                behaviour(Layers.named("in-relu")), behaviour(Layers.named("ln-relu")),
                behaviour(Layers.named("evonorm-s0")), behaviour(Layers.named("evonorm-b0")),
                behaviour(l -> l.add(DIV, X, l.add(new Aggregation(Moment.DEVIATION, IndexSet.INSTANCE), X))),
                behaviour(l -> l.add(DIV, X, V0)))).doesNotHaveDuplicates().doesNotContainNull();
    }

    /** x/std over the batch is a scale for each channel; so is every layer that is linear in each channel. */
    @Test
    void batchNormalizationAloneIsTheIdentity() {
        var identity = behaviour(l -> l.add(ADD, X, LayerGraph.ZERO));

        assertThat(behaviour(l -> l.add(DIV, X, l.add(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), X))))
                .isEqualTo(identity);
    }

    @Test
    void aStaticRefusalHasNoBehaviour() {
        assertThat(behaviour(l -> l.add(ADD, V0, V1))).isNull();
    }
}
