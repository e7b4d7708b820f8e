package dev.normforge.cli;

import dev.normforge.protocol.Presets;
import dev.normforge.screening.ScreeningBench;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench} and what can be measured without the engine. */
@Command(name = "bench", description = "Measures speed, and whether the proxy separates.", mixinStandardHelpOptions = true, subcommands = {
        BenchCommand.Screening.class, BenchDashboardCommand.class, ForwardCommand.BenchTraining.class,
        ForwardCommand.BenchSeparation.class})
final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected screening, dashboard, training or separation");
    }

    /** {@code bench screening}. */
    @Command(name = "screening", description = "Random layers screened per second on one core.", mixinStandardHelpOptions = true)
    static final class Screening implements Callable<Integer> {

        @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed of the random layers (default ${DEFAULT-VALUE}).")
        private long seed;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            var preset = Presets.read(Presets.names().getFirst());
            var rates = ScreeningBench.measure(preset.space(), preset.proxy().numerics(), seed);
            String result = json ? Json.pretty(rates) : text(rates);
            spec.commandLine().getOut().println(result);
            return 0;
        }

        static String text(ScreeningBench.Rates rates) {
            return String.format(Locale.ROOT, """
                    layers a second on one core
                      static rules and hash  %,12.0f
                      numeric probe          %,12.0f
                      stack probe            %,12.0f""", rates.staticPerSecond(), rates.probePerSecond(),
                    rates.stackPerSecond());
        }
    }
}
