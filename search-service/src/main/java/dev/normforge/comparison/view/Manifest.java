package dev.normforge.comparison.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What comparisons wrote into a folder: names, each with the SHA-256 of what they put there. It is written before the files
 * are, so that whatever stands there after a crash is known to be ours.
 *
 * @param written digests by name; several where one file replaces another
 */
record Manifest(Map<String, Set<String>> written) {

    static final String FILE = ".comparison-files";

    /** A digest and a plain name, at most one folder deep: the file stands where anybody may have changed it. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) ((?:[a-z0-9-]+/)?[A-Za-z0-9._-]+\\.[a-z]+)");

    static Manifest none() {
        return new Manifest(Map.of());
    }

    static Manifest of(Map<String, String> contents) {
        var written = new LinkedHashMap<String, Set<String>>();
        contents.forEach((name, content) -> written.put(name, Set.of(digest(content.getBytes(UTF_8)))));
        return new Manifest(written);
    }

    /** What cannot be read tells nothing. */
    static Manifest in(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        var written = new LinkedHashMap<String, Set<String>>();
        if (Files.isRegularFile(file)) {
            for (var line : new String(Files.readAllBytes(file), UTF_8).lines().toList()) {
                var matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    written.computeIfAbsent(matcher.group(2), _ -> new LinkedHashSet<>()).add(matcher.group(1));
                }
            }
        }
        return new Manifest(written);
    }

    Manifest and(Manifest other) {
        var both = new LinkedHashMap<String, Set<String>>();
        for (var manifest : List.of(this, other)) {
            manifest.written.forEach(
                    (name, digests) -> both.computeIfAbsent(name, _ -> new LinkedHashSet<>()).addAll(digests));
        }
        return new Manifest(both);
    }

    boolean names(String name) {
        return written.containsKey(name);
    }

    /** Whether a file holds what a comparison wrote there, not what somebody made of it. */
    boolean unchanged(String name, Path file) throws IOException {
        return Files.isRegularFile(file)
                && written.getOrDefault(name, Set.of()).contains(digest(Files.readAllBytes(file)));
    }

    String text() {
        return written.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(digest -> digest + " " + entry.getKey() + "\n"))
                .collect(Collectors.joining());
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
