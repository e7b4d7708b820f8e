package dev.normforge.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weight Standardization (Qiao et al., arXiv 1903.10520): every convolution that a layer follows uses (W − μ)/σ, with mean and
 * deviation of each output channel over its inputs and kernel; the gradient flows through both. The published codes differ
 * in epsilon and in the divisor of the variance, hence the parameters.
 *
 * @param epsilon added to the variance or to the deviation
 * @param insideRoot whether it is added to the variance, under the root
 * @param unbiased whether the variance is divided by n − 1
 */
public record WeightStandardization(double epsilon, boolean insideRoot, boolean unbiased) {

    private static final Map<String, WeightStandardization> VARIANTS = variants();

    public WeightStandardization {
        Require.within("proxy.weightStandardization.epsilon", epsilon, 0, 1);
    }

    private static Map<String, WeightStandardization> variants() {
        var all = new LinkedHashMap<String, WeightStandardization>();
        all.put("ws", new WeightStandardization(1e-5, false, true)); // the authors' first repository
        all.put("bcn", new WeightStandardization(1e-5, true, true)); // their repository of Batch-Channel Normalization
        all.put("tf", new WeightStandardization(1e-5, false, false)); // the paper's snippet
        all.put("timm", new WeightStandardization(1e-6, true, false));
        return all;
    }

    /** A published variant: {@code ws} and {@code bcn} (the authors' repositories), {@code tf} (the paper's snippet), {@code timm}. */
    public static Optional<WeightStandardization> find(String name) {
        return Optional.ofNullable(VARIANTS.get(name));
    }

    public static List<String> names() {
        return List.copyOf(VARIANTS.keySet());
    }

    /** The name of the published variant, else its parameters. */
    public String label() {
        return VARIANTS.entrySet().stream().filter(variant -> variant.getValue().equals(this)).map(Map.Entry::getKey)
                .findFirst().orElseGet(() -> "epsilon %s %s the root, variance %s".formatted(epsilon,
                        insideRoot ? "inside" : "outside", unbiased ? "unbiased" : "biased"));
    }
}
