package dev.normforge.web;

import dev.normforge.search.Comparisons;
import dev.normforge.search.Intent;
import dev.normforge.search.NameTakenException;
import dev.normforge.search.SearchId;
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
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Comparisons: ordered, listed, read, watched, paused, resumed and cancelled, as searches are. GET never changes anything. */
@RestController
@RequestMapping(path = "/api/v1/comparisons", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "comparisons")
class ComparisonApi {

    private final Comparisons comparisons;
    private final ComparisonDetails details;
    private final Doorbell doorbell;
    private final IdempotentOrders orders;

    ComparisonApi(Comparisons comparisons, ComparisonDetails details, Doorbell doorbell, IdempotentOrders orders) {
        this.comparisons = comparisons;
        this.details = details;
        this.doorbell = doorbell;
        this.orders = orders;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Create a comparison", description = "Safe to repeat: the same order under the same name answers 200, and with an Idempotency-Key as it did the first time. A combination that makes no sense is refused before anything is trained.", parameters = @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION, schema = @Schema(type = "string")), requestBody = @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ComparisonRequest.class))))
    @ApiResponse(responseCode = "201", description = "created", content = @Content(schema = @Schema(implementation = ComparisonView.class)))
    @ApiResponse(responseCode = "200", description = "this comparison existed", content = @Content(schema = @Schema(implementation = ComparisonView.class)))
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        var key = IdempotencyKey.of(request);
        var body = OrderBody.bytes(request.getInputStream());
        return orders.answer("comparisons", key, body, () -> create(ComparisonRequest.read(OrderBody.fields(body))));
    }

    private IdempotentOrders.Ordered create(ComparisonRequest order) {
        try {
            var created = comparisons.create(order.name(), order.resolved(), Duration.ZERO);
            var view = view(created.id());
            return new IdempotentOrders.Ordered(view.id(), created.fresh(), "/api/v1/comparisons/" + view.name(), view);
        } catch (NameTakenException taken) {
            throw Refusal.taken(order.name(), String.valueOf(taken.getMessage()));
        } catch (IllegalArgumentException refused) {
            throw Refusal.of(refused);
        }
    }

    @GetMapping
    @Operation(summary = "List comparisons, newest first")
    Page<ComparisonView> list(@RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int size) {
        var found = comparisons.list(before == null ? null : new SearchId(before), Page.size(size) + 1);
        return Page.of(found.stream().map(ComparisonView::of).toList(), size, ComparisonView::id);
    }

    @GetMapping("/{comparison}")
    @Operation(summary = "Read one comparison: state, progress, specification")
    ComparisonDetail read(@PathVariable String comparison) {
        return details.read(comparison);
    }

    @GetMapping(path = "/{comparison}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Listen for changes", description = "Server-sent events that carry only the comparison's revision; fetch what you lack.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    SseEmitter events(@PathVariable String comparison) {
        var found = details.find(comparison);
        return doorbell.subscribe(found.id().value(), found.revision());
    }

    @PostMapping("/{comparison}/pause")
    @Operation(summary = "Pause: what is in training is finished, nothing new is begun")
    ComparisonView pause(@PathVariable String comparison) {
        return order(comparison, Intent.PAUSE);
    }

    @PostMapping("/{comparison}/resume")
    @Operation(summary = "Resume a paused comparison")
    ComparisonView resume(@PathVariable String comparison) {
        return order(comparison, Intent.RUN);
    }

    @PostMapping("/{comparison}/cancel")
    @Operation(summary = "Cancel: what is in training is given up, and the result says what there is")
    ComparisonView cancel(@PathVariable String comparison) {
        return order(comparison, Intent.CANCEL);
    }

    private ComparisonView order(String comparison, Intent intent) {
        var view = ComparisonView.of(details.find(comparison));
        var id = new SearchId(view.id());
        if (Standing.of(view).follows(intent)) {
            switch (intent) {
                case RUN -> comparisons.resume(id);
                case PAUSE -> comparisons.pause(id);
                case CANCEL -> comparisons.cancel(id);
            }
        }
        return view(id);
    }

    private ComparisonView view(SearchId id) {
        return ComparisonView.of(comparisons.get(id));
    }
}
