package dev.normforge.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a stage refuses a layer that would have been worth having: refused layers that were trained to the end all the
 * same.
 *
 * @param threshold final mean accuracy from which a refusal was false: affine-ReLU's; null where it was not measured
 * @param stages STACK and QUALITY
 */
public record Audit(@Nullable Double threshold, List<Row> stages) {

    public Audit {
        stages = List.copyOf(stages);
    }

    /**
     * @param rejected layers that the stage refused
     * @param audited of these, how many were trained to the end
     * @param falselyRejected of these, how many ended at or above the threshold
     * @param rate falselyRejected over audited with its Wilson interval; null where nothing was audited
     */
    public record Row(Funnel.Stage stage, long rejected, long audited, long falselyRejected, @Nullable Interval rate) {
    }
}
