package dev.normforge.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.graph.GraphJson;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a layer can be taken home as. */
public enum Format {
    PYTORCH("layer.py", "a PyTorch module that checks itself against the fixture"), JSON("layer.json",
            "the graph, which everything else is made from"), FIXTURE("fixture.json",
                    "inputs, outputs, gradients and running statistics by the reference interpreter"), ONNX(
                            "layer.onnx",
                            "the layer in evaluation, before any training"), LATEX("layer.tex",
                                    "the formula in the paper's signs"), MATHML("layer.mathml",
                                            "the same for browsers"), DOT("layer.dot",
                                                    "the graph for Graphviz, unused nodes dashed"), MERMAID("layer.mmd",
                                                            "the same for Markdown");

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
    public byte[] bytes(Export export) {
        var name = export.name();
        var layer = export.layer();
        return switch (this) {
            case PYTORCH -> TorchModule.of(name, layer).getBytes(UTF_8);
            case JSON -> (GraphJson.write(layer) + "\n").getBytes(UTF_8);
            case FIXTURE -> (Fixture.of(layer).json() + "\n").getBytes(UTF_8);
            case LATEX -> Documents.latex(name, layer).getBytes(UTF_8);
            case MATHML -> Documents.mathMl(layer).getBytes(UTF_8);
            case DOT -> Drawings.dot(name, layer.graph()).getBytes(UTF_8);
            case MERMAID -> Drawings.mermaid(layer.graph()).getBytes(UTF_8);
            case ONNX -> OnnxModel.initial(name, layer, export.channels()).toByteArray();
        };
    }
}
