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

    @Parameters(paramLabel = "LAYER", description = "A layer file, the name of a graph that 'layers' lists, SEARCH (its best confirmed layer) or SEARCH/BIRTH.")
    private String layer = "";

    @Option(names = "--format", split = ",", paramLabel = "FORMAT", description = "all (default), pytorch, flax, keras, onnx, json, fixture, provenance, markdown, latex, mathml, dot, mermaid, svg; several with commas.")
    private List<String> formats = List.of(ALL);

    @Option(names = "--name", paramLabel = "NAME", description = "The class, for example MyLayer (default: follows from LAYER).")
    private @Nullable String name;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(names = "--channels", paramLabel = "C", defaultValue = ""
            + Export.CHANNELS, description = "Of the ONNX model (default ${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--zip", description = "One file, NAME.zip, instead of several: the same bytes for the same layer.")
    private boolean zip;

    @Option(names = "--home", paramLabel = "DIR", description = "Where SEARCH is (default NORMFORGE_HOME, else ~/.normforge).")
    private @Nullable Path home;

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of a PostgreSQL where SEARCH is instead "
            + "(default SPRING_DATASOURCE_URL).")
    private @Nullable String database;

    @Option(names = "--replace", description = "Files that hold something else give way.")
    private boolean replace;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        var wanted = wanted();
        var called = name == null ? null : chosen(name);
        checkChannels();
        var found = TakenLayer.of(layer, Home.resolve(home), RunningService.database(database));
        var title = called == null ? ModuleName.ofLayer(found.title()) : called;
        var export = new Export(title, found.layer(), channels, found.provenance());
        try {
            var folder = output.folder(title.function());
            var files = (zip
                    ? ExportFiles.writeZip(export, wanted, folder, replace)
                    : ExportFiles.write(export, wanted, folder, replace)).stream().map(Path::toString).toList();
            spec.commandLine().getOut().println(output.json() ? Json.pretty(files) : String.join("\n", files));
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
        return 0;
    }

    /** Before a database is started for it. */
    private void checkChannels() {
        try {
            Export.checkChannels(channels);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + NormForge.oneLine(e), e);
        }
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

    private ModuleName chosen(String given) {
        try {
            return new ModuleName(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--name is " + NormForge.oneLine(e), e);
        }
    }
}
