package dev.normforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.SlotLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomLayersRepeatThemselvesTest {

    private static ComparedLayer random(int count, long seed, int operations) {
        return new ComparedLayer.Random(count, seed, operations, Draw.ROWS);
    }

    @Test
    void eachComputesSomethingElseOfItsInput() {
        var plan = Grids.of(List.of(random(300, 5, 10), random(200, 5, 10))).plan();

        assertThat(plan.trainings()).as("two anchors").hasSize(2 * 500);
        assertThat(plan.trainings().stream().map(PlannedTraining::label).distinct()).hasSize(500)
                .startsWith("random-1", "random-2").endsWith("random-500");
        var simplifier = new Simplifier(plan.spec().proxy().numerics());
        var phenotypes = plan.trainings().stream()
                .filter(one -> one.proxy().anchors().getFirst().name().equals("resnet"))
                .map(one -> simplifier.simplify(((SlotLayer.Graph) one.layer()).nodes())).toList();
        assertThat(phenotypes).doesNotHaveDuplicates().allMatch(one -> one.uses(Term.Source.X));
    }

    @Test
    void theSameSeedDrawsTheSameOnes() {
        var spec = Grids.of(List.of(random(50, 9, 10)));
        assertThat(spec.plan()).isEqualTo(spec.plan());
        assertThat(Grids.of(List.of(random(50, 10, 10))).plan().trainings())
                .isNotEqualTo(spec.plan().trainings());
    }

    @Test
    void aSpaceThatIsTooSmallForThemSaysHowManyItHolds() {
        assertThatThrownBy(() -> Grids.of(List.of(random(500, 1, 1))).plan())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("layers\\[0\\]\\.count is 500, expected at most [1-9]\\d?: so many different"
                        + " layers are among 50000 random graphs of 1 operations");
    }
}
