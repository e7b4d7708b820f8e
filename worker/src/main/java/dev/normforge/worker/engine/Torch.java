package dev.normforge.worker.engine;

/** The PyTorch engine of this process. */
public final class Torch {

    private Torch() {
    }

    /** Starts the engine with one thread an operation, and sets the calling thread up for training. */
    public static Torch start() {
        return new Torch();
    }

    /** What a thread that trains must call first: gradients on, one thread, denormals flushed to zero. */
    public void prepareThread() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Engine and device in words. */
    public String description() {
        throw new UnsupportedOperationException("not yet");
    }
}
