package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;

/**
 * An array whose mean is known, with what is left of a standardization: z = centred · inverse.
 *
 * @param centred x − μ, (N, C, H, W)
 * @param mean μ, (1 | N, 1 | C, 1, 1)
 * @param inverse 1/√(σ² + ε), likewise
 */
record Standardized(NDArray centred, NDArray mean, NDArray inverse) {

    /** z·scale + shift, for factors without spatial axes, which meet before they meet the full array. */
    NDArray affine(NDArray scale, NDArray shift) {
        // The product is nobody's saved value: adding in place spares a pass.
        return centred.mul(inverse.mul(scale)).addi(shift);
    }
}
