package dev.normforge.web;

import dev.normforge.report.ComparedSearches;
import dev.normforge.report.GroupCurve.Spread;
import dev.normforge.report.SearchCurves.Against;
import dev.normforge.report.SearchCurves.Measure;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Searches beside each other: how they got on, what they found, in what they differ. */
@RestController
@RequestMapping(path = "/api/v1/curves", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "curves")
class CurvesApi {

    static final int MOST_SEARCHES = 40;

    private final SearchDetails details;
    private final ComparedSearches compared;
    private final SideBySide sideBySide;
    private final Doorbell doorbell;

    CurvesApi(SearchDetails details, ComparedSearches compared, SideBySide sideBySide, Doorbell doorbell) {
        this.details = details;
        this.compared = compared;
        this.sideBySide = sideBySide;
        this.doorbell = doorbell;
    }

    @GetMapping
    @Operation(summary = "Compare searches: their curves by group with mean and band, what they found, and in what their specifications differ", description = "`searches` are names or ids with commas between them; `study` adds all searches of a study, `arm` only those of these arms. At most 40 in all. `x` is arrivals, trained or steps; `y` is accuracy (the best mean over the anchors so far) or hypervolume; `spread` is interval (95 %, Student's t) or range. Searches whose scores do not mean the same are named in `notes` and left out of the curves.")
    CurvesView read(@RequestParam(required = false) @Nullable String searches,
            @RequestParam(required = false) @Nullable String study,
            @RequestParam(required = false) @Nullable String arm,
            @RequestParam(defaultValue = "trained") String x, @RequestParam(defaultValue = "accuracy") String y,
            @RequestParam(defaultValue = "interval") String spread) {
        return sideBySide.read(new SideBySide.Question(ids(searches, study, arm), one("x", x, Against.values()),
                one("y", y, Measure.values()), one("spread", spread, Spread.values())));
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Listen for changes of any of these searches", description = "Server-sent events that carry only the sum of their revisions; fetch what you lack.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    SseEmitter events(@RequestParam(required = false) @Nullable String searches,
            @RequestParam(required = false) @Nullable String study,
            @RequestParam(required = false) @Nullable String arm) {
        return doorbell.subscribe(ids(searches, study, arm));
    }

    private List<Long> ids(@Nullable String searches, @Nullable String study, @Nullable String arm) {
        var names = split("searches", searches);
        if (names.isEmpty() && study == null) {
            throw Refusal.badField("searches", searches,
                    "names or ids of searches with commas between them, or a study");
        }
        if (names.size() > MOST_SEARCHES) {
            throw Refusal.badField("searches", names.size() + " searches", "at most " + MOST_SEARCHES);
        }
        var ids = new ArrayList<>(names.stream().map(name -> details.find(name).id()).toList());
        if (study != null) {
            ids.addAll(ofStudy(plain("study", study), split("arm", arm)));
        }
        var distinct = ids.stream().distinct().toList();
        if (distinct.size() > MOST_SEARCHES) {
            throw Refusal.badField("study", study,
                    "at most %d searches in all; name arms or searches".formatted(MOST_SEARCHES));
        }
        return distinct;
    }

    private List<Long> ofStudy(String study, List<String> arms) {
        var found = compared.ofStudy(study, arms, MOST_SEARCHES + 1);
        if (found.isEmpty()) {
            throw Refusal.notFound("study", study,
                    "a study that has a search" + (arms.isEmpty() ? "" : " in one of these arms"));
        }
        return found;
    }

    private static List<String> split(String field, @Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(plain(field, list).split(",")).map(String::strip).filter(name -> !name.isEmpty())
                        .distinct().toList();
    }

    /** The database refuses a text with a zero in it. */
    private static String plain(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw Refusal.badField(field, text.replace('\0', '?'), "a text without control characters");
        }
        return text;
    }

    private static <T extends Enum<T>> T one(String field, String word, T[] values) {
        return Arrays.stream(values).filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
                .orElseThrow(() -> Refusal.badField(field, word, Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""))));
    }
}
