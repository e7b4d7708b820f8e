package dev.normforge.worker.data;

import dev.normforge.protocol.DataSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a process gets its images from: CIFAR-10 from the folder that {@code CIFAR10_DIR} names, else from the user's cache,
 * else by download into that cache; or the built-in synthetic set. Keeps what was loaded last. For one thread.
 */
public final class ImageLibrary {

    /** The variable that names the folder of CIFAR-10. */
    public static final String FOLDER_VARIABLE = "CIFAR10_DIR";

    private final Map<String, String> environment;
    private final Consumer<String> notes;
    private @Nullable ProxyImages last;

    /**
     * @param environment variables of the process
     * @param notes is told of a download's progress, in words
     */
    public ImageLibrary(Map<String, String> environment, Consumer<String> notes) {
        this.environment = Map.copyOf(environment);
        this.notes = notes;
    }

    /**
     * @param tested whether the test images are asked for
     * @throws NoImagesException in one line: what was found, what was expected
     */
    public ProxyImages load(DataSpec spec, boolean tested) throws NoImagesException {
        return load(spec, tested, () -> {
        });
    }

    /**
     * @param tested whether the test images are asked for
     * @param alive is told now and then that fetching and reading go on; may end both by throwing
     * @throws NoImagesException in one line: what was found, what was expected
     */
    public ProxyImages load(DataSpec spec, boolean tested, Runnable alive) throws NoImagesException {
        var kept = last;
        if (kept != null && kept.spec().equals(spec) && (kept.tested() || !tested)) {
            return kept;
        }
        last = null; // room for the next ones
        var loaded = spec.name().equals("synthetic")
                ? SyntheticImages.load(spec, tested, alive)
                : cifar10(alive).load(spec, tested, alive);
        last = loaded;
        return loaded;
    }

    /** Finds CIFAR-10, and downloads it where no folder was named and the cache has no whole one. */
    public Cifar10 cifar10() throws NoImagesException {
        return cifar10(() -> {
        });
    }

    private Cifar10 cifar10(Runnable alive) throws NoImagesException {
        if (folderIsNamed()) {
            return Cifar10.in(named());
        }
        return Cifar10.at(Download.original(cache()).fetch(new Download.Listener() {
            @Override
            public void bytes(long done, long total) {
                notes.accept(megabytes(done, total));
            }

            @Override
            public void waiting() {
                notes.accept("CIFAR-10: another process downloads it to %s, waiting for it".formatted(cache()));
            }

            @Override
            public void alive() {
                alive.run();
            }
        }));
    }

    /**
     * Finds CIFAR-10 in the named folder or the cache; empty where no folder was named and the cache has none.
     *
     * @throws NoImagesException in one line: what is there and is no CIFAR-10
     */
    public Optional<Cifar10> alreadyHere() throws NoImagesException {
        if (folderIsNamed()) {
            return Optional.of(Cifar10.in(named()));
        }
        var kept = cache().resolve(Cifar10.FOLDER);
        return Files.isDirectory(kept) ? Optional.of(Cifar10.at(kept)) : Optional.empty();
    }

    private Path named() {
        return Path.of(environment.getOrDefault(FOLDER_VARIABLE, ""));
    }

    /** Whether the user named a folder, so that nothing else will do. */
    public boolean folderIsNamed() {
        var named = environment.get(FOLDER_VARIABLE);
        return named != null && !named.isBlank();
    }

    private Path cache() {
        var configured = environment.get("XDG_CACHE_HOME");
        var base = configured != null && !configured.isBlank()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("normforge");
    }

    private static String megabytes(long done, long total) {
        return total < 0
                ? "CIFAR-10: %.0f MB".formatted(done / 1e6)
                : "CIFAR-10: %.0f of %.0f MB".formatted(done / 1e6, total / 1e6);
    }
}
