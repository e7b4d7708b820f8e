package dev.normforge.queue;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The db-scheduler task of an evaluation: its instance is the evaluation's id and it carries nothing else. The name holds
 * the protocol's version, so that a worker never picks what it cannot read.
 */
public final class EvaluationTask {

    /** Name of the task in the scheduler's table. */
    public static final String NAME = "evaluate.v2";

    /** The table that Flyway creates for the scheduler. */
    public static final String TABLE = "scheduled_tasks";

    /** db-scheduler's description of the task. */
    public static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of(NAME);

    private EvaluationTask() {
    }

    /**
     * Who goes first when several wait: what a search is blocked by goes before what it merely wants. Audits wait with
     * evolution: a search ends its evolution only when they are done, so another search's evolution must not starve them.
     */
    public enum Priority {
        AUDIT(10), EVOLUTION(10), COMPARISON(10), CALIBRATION(20), CONFIRMATION(20);

        private final int value;

        Priority(int value) {
            this.value = value;
        }
    }

    /** What is scheduled, in the transaction that inserts the evaluation's row. */
    public static TaskInstance<Void> instance(long evaluation, Priority priority) {
        return DESCRIPTOR.instance(Long.toString(evaluation)).priority(priority.value).build();
    }

    /** The evaluation that an instance asks for. */
    public static long evaluation(TaskInstance<?> instance) {
        return Long.parseLong(instance.getId());
    }

    /**
     * A client that schedules and nothing else.
     *
     * @param dataSource where it takes part in the caller's transaction, one that hands out the transaction's connection
     */
    public static SchedulerClient client(DataSource dataSource) {
        return SchedulerClient.Builder.create(dataSource).tableName(TABLE).serializer(NOTHING).enablePriority().build();
    }

    /** There is no payload, so that nothing in the table ever has to be migrated; db-scheduler's default is Java serialization. */
    public static final Serializer NOTHING = new Serializer() {
        @Override
        @SuppressWarnings("NullAway") // the interface is not annotated: null stands for no payload
        public byte[] serialize(@Nullable Object data) {
            if (data != null) {
                throw new IllegalArgumentException("task data is " + data + ", expected none");
            }
            return null;
        }

        @Override
        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return null;
        }
    };
}
