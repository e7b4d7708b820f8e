package dev.normforge.export;

import dev.normforge.graph.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code layer_keras.py}: a layer of Keras 3 for every backend, with the conventions of its BatchNormalization: names of
 * weights, {@code momentum} is what moving statistics keep, {@code data_format}, {@code get_config}.
 */
final class KerasLayer extends ArrayModule {

    private KerasLayer(ModuleName name, Layer layer) {
        super(name, layer);
    }

    static String of(ModuleName name, Layer layer) {
        return new KerasLayer(name, layer).text();
    }

    @Override
    String name(RunningStatistics.Buffer buffer) {
        return KerasNotation.name(buffer);
    }

    @Override
    List<String> affine() {
        return List.of("gamma", "beta");
    }

    private String text() {
        var notation = new KerasNotation(vectors, running);
        var body = new ArrayList<String>();
        vectorNames().forEach(vector -> body.add("%s = self._per_channel(self.%<s, x)".formatted(vector)));
        body.addAll(body(notation, "ops.broadcast_to(%s, ops.shape(x))"));
        body.add("return ops.cast(z * gamma + beta, self.compute_dtype)");
        return template("keras.py", "ops", notation).with("body", lines(2, body))
                .with("vectors", lines(3, weights()))
                .with("check", check("_compute_in_doubles()"))
                .filled();
    }

    private List<String> weights() {
        var lines = new ArrayList<String>();
        for (var vector : vectors.all()) {
            lines.add("self.%s = self._vector(\"%<s\", \"%s\")".formatted(vector.name(), filled(vector.initial())));
        }
        for (var buffer : running.all()) {
            lines.add("self.%s = self._vector(\"%<s\", \"%s\", trainable=False)".formatted(name(buffer),
                    filled(buffer.initial())));
        }
        return lines;
    }

    private static String filled(int initial) {
        return initial == 0 ? "zeros" : "ones";
    }
}
