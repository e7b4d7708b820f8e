package dev.normforge.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Guards against layers whose vanishing signals make a convolution a hundred times slower. */
class DenormalsAreFlushedTest {

    @BeforeAll
    static void onlyWhereThisProcessorIsKnown() {
        Assumptions.assumeTrue(FlushToZero.known(), "not Linux on x86-64");
    }

    @Test
    void aProductThatWouldBeDenormalIsZeroInAPreparedThread() throws InterruptedException {
        var torch = Torch.start();
        float[] products = new float[2];
        var thread = new Thread(() -> {
            products[0] = tinyProduct(torch);
            torch.prepareThread();
            products[1] = tinyProduct(torch);
        });
        thread.start();
        thread.join();
        assertThat(products[0]).as("in a new thread").isPositive();
        assertThat(products[1]).as("in a prepared thread").isZero();
    }

    private static float tinyProduct(Torch torch) {
        try (var scope = torch.newScope()) {
            var constants = new Constants(scope, DataType.FLOAT32);
            return (float) constants.read(constants.of(1e-30).mul(constants.of(1e-10)))[0];
        }
    }
}
