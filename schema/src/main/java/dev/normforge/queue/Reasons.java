package dev.normforge.queue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Rejection;
import java.util.Arrays;
import java.util.Optional;

/** The reason strings of the tables and of the funnel: the very names that the protocol's JSON uses. */
public final class Reasons {

    private Reasons() {
    }

    /** For example {@code high-loss} or {@code worker-lost}; empty for a scored layer. */
    public static Optional<String> of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scored _ -> Optional.empty();
            case Outcome.Rejected rejected -> Optional.of(of(rejected.reason()));
            case Outcome.Failed failed -> Optional.of(of(failed.reason()));
        };
    }

    public static String of(Rejection rejection) {
        return name(Rejection.class, rejection);
    }

    public static String of(Failure failure) {
        return name(Failure.class, failure);
    }

    /** Why nothing was learned, for people; what a library said stands as it said it. */
    public static String words(Failure failure) {
        return switch (failure) {
            case Failure.WorkerLost(int times) -> "its worker went silent or was killed %d times".formatted(times);
            case Failure.WorkerCrashed(int times, var lastExit) ->
                "it brought its worker down %d times (%s)".formatted(times, lastExit);
            case Failure.OutOfMemory(var what) -> what;
            case Failure.DataUnavailable(var what) -> what;
            case Failure.EngineError(var what) -> what;
            case Failure.Cancelled() -> "its search was cancelled";
        };
    }

    private static String name(Class<?> family, Object member) {
        return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> type.value() == member.getClass()).map(JsonSubTypes.Type::name).findFirst()
                .orElseThrow(() -> new IllegalStateException(member.getClass() + " has no JSON name"));
    }
}
