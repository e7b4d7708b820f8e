package dev.normforge.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a stage refuses a layer that would have been worth having: refused layers that were trained to the end all the
 * same.
 *
 * @param threshold final mean accuracy from which a refusal was false: that of affine-ReLU's calibration runs that stayed
 *        finite; null where there is none
 * @param stages STACK and QUALITY. The numeric probe's refusals have an audit of their own; what is unstable, too slow or
 *        not finite is refused whatever it scores
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
     * @param reasons each of its rules or gates that was audited, the most frequent first
     */
    public record Row(Funnel.Stage stage, long rejected, long audited, long falselyRejected, @Nullable Interval rate,
            List<Reason> reasons) {
        public Row {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * @param reason a rule of the stack probe, or a gate with the step at which it looked
     * @param audited layers it refused that were trained to the end
     * @param falselyRejected of these, how many ended at or above the threshold
     * @param rate as a stage's
     */
    public record Reason(String reason, long audited, long falselyRejected, @Nullable Interval rate) {
    }
}
