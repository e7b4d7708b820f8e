package dev.normforge.worker;

import dev.normforge.worker.data.Cifar10;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.data.NoImagesException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code data}: finds the images that a search would use, downloads them where it must, and says where they are. Exit code 0
 * also where they cannot be had; 1 where {@code CIFAR10_DIR} names a folder that does not hold them.
 */
@Command(name = "data", description = "Finds CIFAR-10 (CIFAR10_DIR, the cache, a download) and says where it is.", mixinStandardHelpOptions = true)
final class DataCommand implements Callable<Integer> {

    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(2);

    @Option(names = "--data", paramLabel = "NAME", defaultValue = "cifar10", description = "cifar10 or synthetic.")
    private DataName data = DataName.cifar10;

    @Option(names = "--offline", description = "Never download.")
    private boolean offline;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Data sets by the names that users type. */
    enum DataName {
        cifar10, synthetic
    }

    /**
     * What was found.
     *
     * @param folder that holds the images; null where they are not there, or are drawn by the program
     * @param reason why they cannot be had; null where they can
     */
    record Found(String data, boolean available, @Nullable String folder, @Nullable String reason) {
    }

    @Override
    public Integer call() throws NoImagesException {
        var found = find(System.getenv());
        String result = json ? JsonMapper.shared().writeValueAsString(found) : text(found);
        spec.commandLine().getOut().println(result);
        return 0;
    }

    private Found find(Map<String, String> environment) throws NoImagesException {
        if (data == DataName.synthetic) {
            return new Found(data.name(), true, null, null);
        }
        var library = new ImageLibrary(environment, seldom(spec.commandLine().getErr()::println));
        try {
            var here = offline ? library.alreadyHere() : Optional.of(library.cifar10());
            return here.map(DataCommand::at).orElseGet(() -> none("CIFAR10_DIR is not set, and the cache has none"));
        } catch (NoImagesException e) {
            var named = environment.get(ImageLibrary.FOLDER_VARIABLE);
            if (named != null && !named.isBlank()) {
                throw e;
            }
            return none(String.valueOf(e.getMessage()));
        }
    }

    private static Found at(Cifar10 cifar10) {
        return new Found(DataName.cifar10.name(), true, cifar10.folder().toString(), null);
    }

    private static Found none(String reason) {
        return new Found(DataName.cifar10.name(), false, null, reason);
    }

    /** A note every two seconds is enough. */
    private static Consumer<String> seldom(Consumer<String> notes) {
        var last = new long[]{System.nanoTime() - BETWEEN_NOTES.toNanos()};
        return note -> {
            if (System.nanoTime() - last[0] >= BETWEEN_NOTES.toNanos()) {
                last[0] = System.nanoTime();
                notes.accept(note);
            }
        };
    }

    private static String text(Found found) {
        if (!found.available()) {
            return "CIFAR-10 cannot be had: " + found.reason();
        }
        return found.folder() == null ? "the synthetic set is built in" : "CIFAR-10 is in " + found.folder();
    }
}
