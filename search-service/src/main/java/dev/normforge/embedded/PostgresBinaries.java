package dev.normforge.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar of this system's binaries (zonky's build: initdb, pg_ctl, postgres). */
record PostgresBinaries(Path folder) {

    private static final int EXECUTABLE = 0100;

    /** Unpacks into {@code parent} unless a former run did; appears whole or not at all. */
    static PostgresBinaries in(Path parent, String version) throws IOException {
        var folder = parent.resolve("programs-" + version);
        if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
            var fresh = Files.createTempDirectory(parent, "programs-");
            try {
                unpack(fresh);
                delete(folder);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(fresh);
            }
        }
        return new PostgresBinaries(folder);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static void unpack(Path folder) throws IOException {
        var name = resource();
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(name)) {
            if (packed == null) {
                throw new IOException("there are no PostgreSQL programs for %s on %s in this build"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
            }
            var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(folder, entry, tar);
            }
        }
    }

    private static void write(Path folder, TarArchiveEntry entry, TarArchiveInputStream content) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry %s leaves the folder".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true)) {
            throw new IOException("%s cannot be made executable".formatted(target));
        }
    }

    private static String resource() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var arch = switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm_64";
            default -> "x86_64";
        };
        return "/postgres-%s-%s.txz".formatted(os, arch);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
