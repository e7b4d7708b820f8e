package dev.normforge.export;

import dev.normforge.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code layer_flax.py}: a linen and an nnx module around one pure function, with the conventions of Flax's own BatchNorm:
 * channels last, {@code momentum} is what running statistics keep, {@code batch_stats}.
 */
final class FlaxModule extends ArrayModule {

    private FlaxModule(ModuleName name, Layer layer) {
        super(name, layer);
    }

    static String of(ModuleName name, Layer layer) {
        return new FlaxModule(name, layer).text();
    }

    @Override
    String name(RunningStatistics.Buffer buffer) {
        return FlaxNotation.name(buffer);
    }

    @Override
    List<String> affine() {
        return List.of("scale", "bias");
    }

    private String text() {
        var notation = new FlaxNotation(vectors, running);
        var body = body(notation);
        boolean grouped = notation.called().contains("grouped");
        return template("flax.py", "jnp", notation)
                .with("signature", signature(grouped, notation.number(layer.numerics().epsilon())))
                .with("body", lines(1, body))
                .with("running", lines(1, running.all().stream()
                        .map(buffer -> "\"%s\": jnp.%s,".formatted(name(buffer), filled(buffer.initial())))
                        .toList()))
                .with("linenVectors", lines(2, vectors.all().stream()
                        .map(vector -> "%s = self.param(\"%<s\", linen.initializers.%s, shape, self.param_dtype)"
                                .formatted(vector.name(), filled(vector.initial())))
                        .toList()))
                .with("nnxVectors", lines(3, vectors.all().stream()
                        .map(vector -> "self.%s = nnx.Param(jnp.%s(shape, param_dtype))"
                                .formatted(vector.name(), filled(vector.initial())))
                        .toList()))
                .with("vectorLines", lines(3, vectorNames().stream().map(vector -> vector + ",").toList()))
                .with("nnxVectorLines", lines(3, vectorNames().stream().map(vector -> "self.%s[...],".formatted(vector))
                        .toList()))
                .with("vectorArguments", vectorNames().stream().map(vector -> vector + ", ")
                        .collect(Collectors.joining()))
                .with("nnxVectorArguments", vectorNames().stream().map("self.%s[...], "::formatted)
                        .collect(Collectors.joining()))
                .with("groupsArgument", grouped ? ", groups=self.groups" : "")
                .with("check", check("jax.config.update(\"jax_enable_x64\", True)"))
                .filled();
    }

    private static String filled(int initial) {
        return initial == 0 ? "zeros" : "ones";
    }

    private String signature(boolean grouped, String eps) {
        var arguments = new ArrayList<>(List.of("x"));
        arguments.addAll(vectorNames());
        if (follows()) {
            arguments.add("running=None");
        }
        arguments.addAll(List.of("*", "epsilon=" + eps));
        if (grouped) {
            arguments.add("groups=" + layer.numerics().groups());
        }
        if (follows()) {
            arguments.add("axis_name=None");
        }
        return String.join(", ", arguments);
    }

    private List<String> body(FlaxNotation notation) {
        var lines = new ArrayList<String>();
        if (aggregatesVectors()) {
            vectorNames().forEach(vector -> lines.add("%s = jnp.reshape(%<s, (1, 1, 1, -1))".formatted(vector)));
        }
        lines.addAll(body(notation, "jnp.broadcast_to(%s, x.shape)"));
        var z = lines.removeLast().substring("z = ".length());
        lines.add(follows() ? "return %s, moments".formatted(z) : "return " + z);
        return lines;
    }
}
