package dev.normforge.export;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a layer can be taken home as. */
public enum Format {
    PYTORCH("layer.py", "a PyTorch module that checks itself against the fixture"), JSON("layer.json",
            "the graph, which everything else is made from"), FIXTURE("fixture.json",
                    "inputs, outputs, gradients and running statistics by the reference interpreter");

    private final String file;
    private final String description;

    Format(String file, String description) {
        this.file = file;
        this.description = description;
    }

    /** The name of its file. */
    public String file() {
        return file;
    }

    public String description() {
        return description;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static String words() {
        return Stream.of(values()).map(Format::word).collect(Collectors.joining(", "));
    }

    /** What its file holds. */
    public String text(ModuleName name, Layer layer) {
        return switch (this) {
            case PYTORCH -> TorchModule.of(name, layer);
            case JSON -> GraphJson.write(layer) + "\n";
            case FIXTURE -> Fixture.of(layer).json() + "\n";
        };
    }
}
