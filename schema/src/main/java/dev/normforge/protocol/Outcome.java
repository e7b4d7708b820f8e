package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How an evaluation ended. Rejected is a fact about the layer; Failed means that nobody learned anything. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = Outcome.Scored.class, name = "scored"),
        @JsonSubTypes.Type(value = Outcome.Rejected.class, name = "rejected"),
        @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")})
public sealed interface Outcome {

    Spent spent();

    /** Trained to the end on every anchor, in the proxy's order. */
    record Scored(List<AnchorScore> scores, Spent spent) implements Outcome {
        public Scored {
            scores = List.copyOf(scores);
        }
    }

    /**
     * Given up.
     *
     * @param reason why, with the measured value
     * @param soFar anchors trained to the end before that
     * @param audit where an audit was asked for: the scores of training to the end all the same; else empty. A layer whose
     *        audit did not stay finite has an entry with zero correct for each anchor.
     */
    record Rejected(Rejection reason, List<AnchorScore> soFar, List<AnchorScore> audit, Spent spent)
            implements
                Outcome {
        public Rejected {
            soFar = List.copyOf(soFar);
            audit = List.copyOf(audit);
        }
    }

    /** Nothing was learned about the layer: tried again elsewhere, never counted against it. */
    record Failed(Failure reason, Spent spent) implements Outcome {
    }

    /**
     * What it cost.
     *
     * @param steps training steps over all anchors, ascent steps not included
     * @param auditSteps of these, steps after a rejection, for the audit
     * @param savedSteps steps of the full training that a rejection made unnecessary
     * @param millis wall time on the device
     */
    record Spent(int steps, int auditSteps, int savedSteps, long millis) {
        public static final Spent NOTHING = new Spent(0, 0, 0, 0);
    }
}
