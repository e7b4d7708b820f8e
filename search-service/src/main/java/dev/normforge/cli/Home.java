package dev.normforge.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps a database between runs. {@code search} holds it alone, since it decides which searches run; any
 * number of {@code serve} may share it.
 */
final class Home implements AutoCloseable {

    private static final String VARIABLE = "NORMFORGE_HOME";

    private final Path folder;
    private final RandomAccessFile file;
    private final FileLock lock;

    private Home(Path folder, RandomAccessFile file, FileLock lock) {
        this.folder = folder;
        this.file = file;
        this.lock = lock;
    }

    /** {@code --home}, else the variable, else {@code .normforge} in the user's folder. */
    static Path resolve(@Nullable Path given) {
        if (given != null) {
            return given.toAbsolutePath().normalize();
        }
        var variable = System.getenv(VARIABLE);
        return variable == null || variable.isBlank()
                ? Path.of(System.getProperty("user.home"), ".normforge")
                : Path.of(variable).toAbsolutePath().normalize();
    }

    /** How it is held. */
    enum Hold {
        ALONE, SHARED
    }

    /** @throws UserError if it cannot be written, or another process holds it in a way that excludes this one */
    static Home hold(Path folder, Hold how) {
        writable("--home", folder);
        var path = folder.resolve("lock");
        try {
            var file = new RandomAccessFile(path.toFile(), "rw");
            var lock = tryLock(file, how);
            if (lock == null) {
                var owner = file.readLine();
                file.close();
                throw new UserError(
                        "--home is %s, expected a folder that no other search, compare or serve uses (process %s does): stop it, or name another --home"
                                .formatted(folder, owner == null ? "unknown" : owner.strip()));
            }
            file.setLength(0);
            file.writeBytes(ProcessHandle.current().pid() + "\n");
            return new Home(folder, file, lock);
        } catch (IOException e) {
            throw new UserError("--home is %s, expected a writable folder: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile file, Hold how) throws IOException {
        try {
            return file.getChannel().tryLock(0, Long.MAX_VALUE, how == Hold.SHARED);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Makes sure that a folder exists and can be written, before anything else is done.
     *
     * @param option how the user named it
     * @throws UserError if not
     */
    static void writable(String option, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".normforge", ".probe"));
        } catch (FileAlreadyExistsException e) {
            throw new UserError("%s is %s, expected a folder, not a file".formatted(option, folder), e);
        } catch (IOException e) {
            throw new UserError("%s is %s, expected a writable folder: %s".formatted(option, folder, reason(e)), e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            lock.release();
            file.close();
        } catch (IOException e) {
            // the process is ending: the system releases it
        }
    }
}
