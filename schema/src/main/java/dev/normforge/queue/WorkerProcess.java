package dev.normforge.queue;

/**
 * A worker process, as it introduces itself.
 *
 * @param name unique among all that ever ran; what the scheduler writes beside what it picked, at most 50 characters
 * @param host the machine
 * @param pid on that machine
 * @param device what it trains on, in words
 * @param version of the program
 */
public record WorkerProcess(String name, String host, long pid, String device, String version) {

    private static final int LONGEST_NAME = 50; // db-scheduler cuts picked_by there

    public WorkerProcess {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0," + (LONGEST_NAME - 1) + "}")) {
            throw new IllegalArgumentException("worker name is %s, expected 1 to %d of A-Z, a-z, 0-9, . _ : and -"
                    .formatted(name, LONGEST_NAME));
        }
    }
}
