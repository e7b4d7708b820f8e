package dev.normforge.worker.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch engine of this process, without the JVM-wide gradient collector of DJL, so that a thread's training is its
 * own affair. One thread an operation: two give other results, and two trainings side by side are faster.
 */
public final class Torch {

    private final Engine engine;

    private Torch(Engine engine) {
        this.engine = engine;
    }

    /**
     * Starts the engine, once a process, and prepares the calling thread. Nothing is downloaded and nobody is called: the
     * libraries are on the class path.
     */
    public static Torch start() {
        setUnlessGiven("ai.djl.pytorch.num_threads", "1");
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        var torch = new Torch(Engine.getEngine("PyTorch"));
        torch.prepareThread();
        return torch;
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** What a thread that trains must call first: gradients on, one thread an operation, denormals flushed to zero. */
    public void prepareThread() {
        FlushToZero.inThisThread();
        JniUtils.setGradMode(true);
        JniUtils.setNumThreads(1);
    }

    /** A scope for arrays on this process's device; to be closed. */
    public NDManager newScope() {
        return engine.newBaseManager(engine.defaultDevice());
    }

    /** Adds d(loss)/d(leaf) to the gradient of every leaf. */
    public void backward(NDArray loss, NDArray one) {
        JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
    }

    /** The gradient of a leaf after {@link #backward}, in the scope {@code into}. */
    public NDArray gradient(NDArray leaf, NDManager into) {
        var gradient = leaf.getGradient();
        gradient.attach(into);
        return gradient;
    }

    /** Runs without recording gradients. */
    public void withoutGradients(Runnable work) {
        JniUtils.setGradMode(false);
        try {
            work.run();
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    /** Engine, version and device in words. */
    public String description() {
        return "PyTorch %s on %s, one thread an operation, denormals %s".formatted(engine.getVersion(),
                engine.defaultDevice(), FlushToZero.known() ? "flushed to zero" : "kept (platform not known)");
    }
}
