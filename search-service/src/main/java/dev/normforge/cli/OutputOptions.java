package dev.normforge.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's files and its result go, as options. */
final class OutputOptions {

    private static final Path USUAL = Path.of("normforge-out");

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default normforge-out/NAME).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to standard error.")
    private boolean json;

    boolean json() {
        return json;
    }

    /**
     * @param name of what is written, for the folder where none is asked for
     * @throws UserError if the option is empty
     */
    Path folder(String name) {
        return out == null ? USUAL.resolve(name) : chosen(out);
    }

    /**
     * What exists before the name is known: the folder itself, else the one that will hold it.
     *
     * @throws UserError if the option is empty
     */
    Path known() {
        return out == null ? USUAL : chosen(out);
    }

    /** An empty path would be the folder that somebody happens to stand in. */
    private static Path chosen(Path out) {
        if (out.toString().isEmpty()) {
            throw new UserError("--out is empty, expected a folder");
        }
        return out;
    }

    /** Where progress is shown: not among JSON. */
    Screen screen() {
        return Screen.of(json ? System.err : System.out);
    }

    /** What {@code --out} names cannot be used. */
    static UserError refusal(IOException e, String advice) {
        var why = NormForge.oneLine(e);
        return new UserError((why.startsWith("out is ") ? "--" : "--out: ") + why + advice, e);
    }

    /** What {@code --out} names cannot be used. */
    static UserError refusal(IOException e) {
        return refusal(e, "");
    }
}
