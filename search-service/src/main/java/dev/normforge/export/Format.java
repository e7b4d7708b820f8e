package dev.normforge.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.graph.GraphJson;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a layer can be taken home as. */
public enum Format {
    PYTORCH("layer.py", PlainType.PYTHON, "a PyTorch module that checks itself against the fixture"),
    FLAX("layer_flax.py", PlainType.PYTHON, "a Flax linen and a Flax nnx module for JAX that check themselves"),
    KERAS("layer_keras.py", PlainType.PYTHON, "a layer for every backend of Keras 3 that checks itself"),
    JSON("layer.json", PlainType.JSON, "the graph, which everything else is made from"),
    FIXTURE("fixture.json", PlainType.JSON,
            "inputs, outputs, gradients and running statistics by the reference interpreter"),
    PROVENANCE("provenance.json", PlainType.JSON, "where it comes from: search, birth, seeds, counts, versions"),
    MARKDOWN("card.md", "text/markdown", "formula, evidence, lineage and use on one page"),
    ONNX("layer.onnx", "application/octet-stream", "the layer in evaluation, before any training"),
    LATEX("layer.tex", "application/x-tex", "the formula in the paper's signs"),
    MATHML("layer.mathml", "application/mathml+xml", "the same for browsers"),
    DOT("layer.dot", "text/vnd.graphviz", "the graph for Graphviz, unused nodes dashed"),
    MERMAID("layer.mmd", PlainType.TEXT, "the same for Markdown"),
    SVG("layer.svg", "image/svg+xml", "the same drawn, for talks and pages");

    /** Types of more than one format. */
    private static final class PlainType {
        static final String PYTHON = "text/x-python";
        static final String JSON = "application/json";
        static final String TEXT = "text/plain";
    }

    private final String file;
    private final String mediaType;
    private final String description;

    Format(String file, String mediaType, String description) {
        this.file = file;
        this.mediaType = mediaType;
        this.description = description;
    }

    /** The name of its file. */
    public String file() {
        return file;
    }

    /** Without a charset: texts are UTF-8. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether it is no text. */
    public boolean binary() {
        return this == ONNX;
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
            case PYTORCH -> program(export, TorchModule.of(name, layer));
            case FLAX -> program(export, FlaxModule.of(name, layer));
            case KERAS -> program(export, KerasLayer.of(name, layer));
            case JSON -> (GraphJson.write(layer) + "\n").getBytes(UTF_8);
            case FIXTURE -> (Fixture.of(layer).json() + "\n").getBytes(UTF_8);
            case PROVENANCE -> ProvenanceJson.of(export).getBytes(UTF_8);
            case MARKDOWN -> Card.of(export).getBytes(UTF_8);
            case LATEX -> Documents.latex(name, layer).getBytes(UTF_8);
            case MATHML -> Documents.mathMl(layer).getBytes(UTF_8);
            case DOT -> Drawings.dot(name, layer.graph()).getBytes(UTF_8);
            case SVG -> Picture.svg(name, layer.graph()).getBytes(UTF_8);
            case MERMAID -> Drawings.mermaid(layer.graph()).getBytes(UTF_8);
            case ONNX -> OnnxModel.initial(name, layer, export.channels()).toByteArray();
        };
    }

    private static byte[] program(Export export, String text) {
        return (Header.of(export.provenance()) + text).getBytes(UTF_8);
    }
}
