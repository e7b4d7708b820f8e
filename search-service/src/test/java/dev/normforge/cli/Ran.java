package dev.normforge.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line run inside the test.
 *
 * @param exit its code
 */
record Ran(int exit, String out, String err) {

    static Ran normforge(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = NormForge.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int exit = line.execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }
}
