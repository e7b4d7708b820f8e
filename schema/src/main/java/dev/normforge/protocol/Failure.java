package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why nothing was learned about a layer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reason")
@JsonSubTypes({@JsonSubTypes.Type(value = Failure.WorkerLost.class, name = "worker-lost"),
        @JsonSubTypes.Type(value = Failure.WorkerCrashed.class, name = "worker-crashed"),
        @JsonSubTypes.Type(value = Failure.OutOfMemory.class, name = "out-of-memory"),
        @JsonSubTypes.Type(value = Failure.DataUnavailable.class, name = "data-unavailable"),
        @JsonSubTypes.Type(value = Failure.EngineError.class, name = "engine-error"),
        @JsonSubTypes.Type(value = Failure.Cancelled.class, name = "cancelled")})
public sealed interface Failure {

    /** Its worker went silent or was killed this many times. */
    record WorkerLost(int times) implements Failure {
    }

    /** The process died of itself while training it, this many times: may be the layer's doing. */
    record WorkerCrashed(int times, String lastExit) implements Failure {
    }

    /** Neither heap nor device had room. */
    record OutOfMemory(String what) implements Failure {
    }

    /** The images of the proxy could not be read. */
    record DataUnavailable(String what) implements Failure {
    }

    /** The engine refused an operation. */
    record EngineError(String what) implements Failure {
    }

    /** Its search was cancelled before it settled. */
    record Cancelled() implements Failure {
    }
}
