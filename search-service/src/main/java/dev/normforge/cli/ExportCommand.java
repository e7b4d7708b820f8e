package dev.normforge.cli;

import dev.normforge.export.Export;
import dev.normforge.export.ExportFiles;
import dev.normforge.export.Format;
import dev.normforge.export.ModuleName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}. */
@Command(name = "export", description = "Writes a layer as code for a framework, with numbers that prove it equal to its graph.", mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Parameters(paramLabel = "LAYER", description = "A layer file, or the name of a graph that 'layers' lists.")
    private String layer = "";

    @Option(names = "--format", split = ",", paramLabel = "FORMAT", description = "all (default), pytorch, onnx, json, fixture, latex, mathml, dot, mermaid; several with commas.")
    private List<String> formats = List.of(ALL);

    @Option(names = "--name", paramLabel = "NAME", description = "The class, for example MyLayer (default: follows from LAYER).")
    private @Nullable String name;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--channels", paramLabel = "C", defaultValue = "64", description = "Of the ONNX model (default ${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--replace", description = "Files that hold something else give way.")
    private boolean replace;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        var wanted = wanted();
        var called = name == null ? null : chosen(name);
        var found = LayerArgument.ofGraph(layer);
        var title = called == null ? ModuleName.ofLayer(stem(found.name())) : called;
        try {
            var export = export(title, found);
            var files = ExportFiles.write(export, wanted, output.folder(title.function()), replace).stream()
                    .map(Path::toString).toList();
            spec.commandLine().getOut().println(output.json() ? Json.pretty(files) : String.join("\n", files));
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
        return 0;
    }

    private Set<Format> wanted() {
        if (formats.equals(List.of(ALL))) {
            return EnumSet.allOf(Format.class);
        }
        var found = EnumSet.noneOf(Format.class);
        for (var word : formats) {
            found.add(Stream.of(Format.values()).filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst().orElseThrow(() -> new ParameterException(spec.commandLine(),
                            "--format is %s, expected %s, or some of %s with commas".formatted(word, ALL,
                                    Format.words()))));
        }
        return found;
    }

    private Export export(ModuleName title, LayerArgument found) {
        try {
            return new Export(title, found.layer(), channels);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + NormForge.oneLine(e), e);
        }
    }

    private ModuleName chosen(String given) {
        try {
            return new ModuleName(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--name is " + NormForge.oneLine(e), e);
        }
    }

    private static String stem(String given) {
        var file = Path.of(given).getFileName();
        var text = file == null ? given : file.toString();
        return text.endsWith(".json") ? text.substring(0, text.length() - ".json".length()) : text;
    }
}
