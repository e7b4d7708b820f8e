package dev.normforge.cli;

import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.SearchSpec;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which images a search will use, decided before it is created. The worker's program looks for them, since it is the one
 * that reads them, and downloads them where it must.
 */
final class DataSet {

    static final String CIFAR10 = "cifar10";
    static final String SYNTHETIC = "synthetic";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private DataSet() {
    }

    /**
     * The specification with images that can be had, and what to tell the user.
     *
     * @param note one line
     */
    record Choice(SearchSpec spec, String note) {
    }

    /** Images that can be had, and what to tell the user about them. */
    record Images(DataSpec spec, String note) {
    }

    /**
     * @throws UserError if the images were asked for by name and cannot be had, or {@code CIFAR10_DIR} names a folder that
     *         does not hold them
     */
    static Choice choose(SearchOptions.Request request, WorkerProgram worker) {
        return chosen(request, images(request.spec().proxy().data(), request.dataRequired(), worker));
    }

    /**
     * The same for any task.
     *
     * @param required whether the user named the data: no other set will do
     */
    static Images images(DataSpec wanted, boolean required, WorkerProgram worker) {
        return wanted.name().equals(SYNTHETIC)
                ? new Images(wanted, "data: " + FinalText.data(SYNTHETIC))
                : images(wanted, required,
                        found(worker.ask(List.of("data", "--data", CIFAR10, "--json"), DataSet::showDownload)));
    }

    /** Bytes are shown as they come; a complaint is told in the end. */
    private static void showDownload(String line) {
        if (line.startsWith("CIFAR-10: ")) {
            System.err.println(line);
        }
    }

    static Choice choose(SearchOptions.Request request, JsonNode found) {
        return chosen(request, images(request.spec().proxy().data(), request.dataRequired(), found));
    }

    private static Choice chosen(SearchOptions.Request request, Images images) {
        return new Choice(request.spec().withData(images.spec()), images.note());
    }

    private static Images images(DataSpec wanted, boolean required, JsonNode found) {
        if (found.path("available").asBoolean(false)) {
            return new Images(wanted, "data: CIFAR-10 in " + found.path("folder").asString(""));
        }
        var why = found.path("reason").asString("CIFAR-10 is not here");
        if (required) {
            throw new UserError("data is cifar10, expected CIFAR-10 in CIFAR10_DIR, the cache or a download: " + why);
        }
        return new Images(wanted.named(SYNTHETIC),
                "data: CIFAR-10 cannot be had (%s); the synthetic set is used: what comes of it is no result for real images"
                        .formatted(why));
    }

    private static JsonNode found(WorkerProgram.Answer answer) {
        if (answer.exit() != 0) {
            throw new UserError(answer.err().replaceFirst("^data: ", ""));
        }
        return read(answer.out());
    }

    /** What {@code worker data --json} prints: {@code available}, and {@code folder} or {@code reason}. */
    static JsonNode read(String printed) {
        try {
            return MAPPER.readTree(printed);
        } catch (JacksonException e) {
            throw new UserError("the worker answered %s, expected JSON".formatted(printed.strip()), e);
        }
    }
}
