package dev.normforge.web;

import dev.normforge.report.FrontView;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.SearchView;
import dev.normforge.search.Intent;
import dev.normforge.search.NameTakenException;
import dev.normforge.search.SearchId;
import dev.normforge.search.Searches;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/** Searches: ordered, listed, read, watched, paused, resumed and cancelled. GET never changes anything. */
@RestController
@RequestMapping(path = "/api/v1/searches", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "searches")
class SearchApi {

    private final Searches searches;
    private final SearchSummaries summaries;
    private final SearchDetails details;
    private final ReportText reports;
    private final Doorbell doorbell;
    private final IdempotentOrders orders;
    private final OrderChecks checks;

    SearchApi(Searches searches, SearchSummaries summaries, SearchDetails details, ReportText reports,
            Doorbell doorbell, IdempotentOrders orders, OrderChecks checks) {
        this.searches = searches;
        this.summaries = summaries;
        this.details = details;
        this.reports = reports;
        this.doorbell = doorbell;
        this.orders = orders;
        this.checks = checks;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Create a search", description = "Safe to repeat: the same order under the same name answers 200, and with an Idempotency-Key as it did the first time.", parameters = @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION, schema = @Schema(type = "string")), requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SearchRequest.class))))
    @ApiResponse(responseCode = "201", description = "created", content = @Content(schema = @Schema(implementation = SearchView.class)))
    @ApiResponse(responseCode = "200", description = "this search existed", content = @Content(schema = @Schema(implementation = SearchView.class)))
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        var key = IdempotencyKey.of(request);
        var body = OrderBody.bytes(request.getInputStream());
        return orders.answer("searches", key, body, () -> create(SearchRequest.read(OrderBody.fields(body))));
    }

    private IdempotentOrders.Ordered create(SearchRequest order) {
        try {
            var created = searches.create(order.name(), order.resolved(), order.study(), order.arm());
            var view = details.summary(created.id().value());
            return new IdempotentOrders.Ordered(view.id(), created.fresh(), "/api/v1/searches/" + view.name(), view);
        } catch (NameTakenException taken) {
            throw Refusal.taken(order.name(), String.valueOf(taken.getMessage()));
        } catch (IllegalArgumentException refused) {
            throw Refusal.of(refused);
        }
    }

    @PostMapping(path = "/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say what creating a search would answer, without creating it", description = "All that is wrong with the order, by field; else what the search would train and, where its proxy has been measured before, how long that takes. The name may be left out: a free one is proposed.", requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SearchRequest.class))))
    OrderCheck validate(HttpServletRequest request) throws IOException {
        return checks.of(OrderBody.fields(OrderBody.bytes(request.getInputStream())));
    }

    @GetMapping
    @Operation(summary = "List searches, newest first")
    Page<SearchView> list(@RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int size) {
        return Page.of(summaries.list(before, Page.size(size) + 1), size, SearchView::id);
    }

    @GetMapping("/{search}")
    @Operation(summary = "Read one search: phase, counts, progress, funnel, best layer, calibration, specification")
    SearchDetail read(@PathVariable String search) {
        return details.read(details.find(search).id());
    }

    @GetMapping("/{search}/front")
    @Operation(summary = "Read the Pareto front", description = "Now, or as it was after arrival `at`.")
    @Nullable
    FrontView front(@PathVariable String search, @RequestParam(required = false) @Nullable Integer at,
            WebRequest request) {
        if (at != null && at < 0) {
            throw Refusal.badField("at", at, "an arrival ordinal, at least 0");
        }
        var key = details.find(search);
        if (Freshness.holds(request, key)) {
            return null;
        }
        return summaries.front(key.id(), at)
                .orElseThrow(() -> Refusal.notFound("search", search, "the name or id of a search"));
    }

    @GetMapping("/{search}/report")
    @Operation(summary = "Read the final report", description = "404 until the search has finished.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    JsonNode report(@PathVariable String search) {
        var key = details.find(search);
        return reports.find(key.id()).orElseThrow(() -> Refusal.notFound("phase", details.summary(key.id()).phase(),
                "FINISHED: the report is written when the search ends"));
    }

    @GetMapping(path = "/{search}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Listen for changes", description = "Server-sent events that carry only the search's revision; fetch what you lack by cursor.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    SseEmitter events(@PathVariable String search) {
        var key = details.find(search);
        return doorbell.subscribe(key.id(), key.revision());
    }

    @PostMapping("/{search}/pause")
    @Operation(summary = "Pause: what is in training is finished, nothing new is begun")
    SearchView pause(@PathVariable String search) {
        return order(search, Intent.PAUSE);
    }

    @PostMapping("/{search}/resume")
    @Operation(summary = "Resume a paused search")
    SearchView resume(@PathVariable String search) {
        return order(search, Intent.RUN);
    }

    @PostMapping("/{search}/cancel")
    @Operation(summary = "Cancel: what is in training is given up, and there is no report")
    SearchView cancel(@PathVariable String search) {
        return order(search, Intent.CANCEL);
    }

    private SearchView order(String search, Intent intent) {
        var id = details.find(search).id();
        if (Standing.of(details.summary(id)).follows(intent)) {
            switch (intent) {
                case RUN -> searches.resume(new SearchId(id));
                case PAUSE -> searches.pause(new SearchId(id));
                case CANCEL -> searches.cancel(new SearchId(id));
            }
        }
        return details.summary(id);
    }
}
