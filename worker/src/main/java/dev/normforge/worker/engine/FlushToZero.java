package dev.normforge.worker.engine;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Makes the processor treat denormal numbers as zero in the calling thread. They slow a convolution down a hundredfold, and
 * vanishing activations produce them in masses.
 */
final class FlushToZero {

    private static final int ENVIRONMENT_BYTES = 64;
    /** Where glibc's and musl's fenv_t keep the SSE control word on x86-64. */
    private static final int MXCSR = 28;
    /** Flush results to zero (bit 15) and take denormal operands as zero (bit 6). */
    private static final int FTZ_AND_DAZ = 0x8040;

    private FlushToZero() {
    }

    /** Whether this platform's layout is known; elsewhere denormals stay, which is slower but not wrong. */
    static boolean known() {
        return Platform.isLinux() && Platform.is64Bit() && Platform.isIntel();
    }

    static void inThisThread() {
        if (!known()) {
            return;
        }
        var math = NativeLibrary.getInstance("m");
        try (var environment = new Memory(ENVIRONMENT_BYTES)) {
            math.getFunction("fegetenv").invokeInt(new Object[]{environment});
            environment.setInt(MXCSR, environment.getInt(MXCSR) | FTZ_AND_DAZ);
            math.getFunction("fesetenv").invokeInt(new Object[]{environment});
        }
    }
}
