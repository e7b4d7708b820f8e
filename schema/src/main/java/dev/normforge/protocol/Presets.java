package dev.normforge.protocol;

import java.util.List;

/** The searches that come with the program, as resources {@code presets/NAME.json}. */
public final class Presets {

    private static final Resources<SearchSpec> ALL = new Resources<>("presets", "preset", SearchSpec.class,
            List.of("laptop", "smoke", "micro-batch", "paper-b", "paper-s"));

    private Presets() {
    }

    /** All names, the default first. */
    public static List<String> names() {
        return ALL.names();
    }

    /** What one is for, in a sentence or two. @throws IllegalArgumentException if there is none of this name */
    public static String purpose(String name) {
        return switch (name) {
            case "laptop" ->
                "A whole search on a CPU: three small networks, images of 16×16. What it finds is worth trying.";
            case "smoke" -> "Shows within a minute that everything works. Too little training to find anything.";
            case "micro-batch" -> "Layers for batches of two images: no statistics over the batch.";
            case "paper-b" ->
                "The paper's networks and steps, statistics over the batch allowed. For many GPUs: on CPUs it takes months.";
            case "paper-s" ->
                "The paper's networks and steps, no statistics over the batch. For many GPUs: on CPUs it takes months.";
            default -> throw new IllegalArgumentException(
                    "preset is \"%s\", expected one of %s".formatted(name, String.join(", ", names())));
        };
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static SearchSpec read(String name) {
        return ALL.read(name);
    }
}
