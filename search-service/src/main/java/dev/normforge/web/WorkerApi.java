package dev.normforge.web;

import dev.normforge.fleet.Activities;
import dev.normforge.fleet.Activity;
import dev.normforge.fleet.Queue;
import dev.normforge.fleet.Queues;
import dev.normforge.fleet.StoppedWorker;
import dev.normforge.fleet.WorkerView;
import dev.normforge.fleet.Workers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Worker processes and what waits for them. To be asked again every few seconds by whoever wants to see them live: each of
 * their heartbeats changes a row, so that an event for every change would be one for every moment.
 */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "workers")
class WorkerApi {

    private static final int MOST_WORKERS = 100;
    private static final int MOST_MINUTES = 1440;

    private final Workers workers;
    private final Activities activities;
    private final Queues queues;

    WorkerApi(Workers workers, Activities activities, Queues queues) {
        this.workers = workers;
        this.activities = activities;
        this.queues = queues;
    }

    @GetMapping("/workers")
    @Operation(summary = "List live workers and what they train", description = "Those that have not stopped, silent ones among them.")
    List<WorkerView> live() {
        return workers.live();
    }

    @GetMapping("/workers/stopped")
    @Operation(summary = "List workers that have stopped, and why, the last first", description = "Those behind the worker `before`.")
    Page<StoppedWorker> stopped(@RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int size) {
        var found = workers.stopped(before, Page.size(size) + 1)
                .orElseThrow(() -> Refusal.badField("before", before, "the id of a worker that has stopped"));
        return Page.of(found, size, StoppedWorker::id);
    }

    @GetMapping("/workers/timelines")
    @Operation(summary = "Read what some workers settled of late, their rates and their last refusals", description = "Up to 100 ids, live or stopped; evaluations of the last `minutes`, or after `since`, an instant, where that is later.")
    Activity timelines(@RequestParam List<Long> workers, @RequestParam(defaultValue = "30") int minutes,
            @RequestParam(required = false) @Nullable String since) {
        if (workers.isEmpty() || workers.size() > MOST_WORKERS) {
            throw Refusal.badField("workers", workers.size() + " ids", "1 to " + MOST_WORKERS);
        }
        return activities.read(workers, back(minutes), instant(since));
    }

    @GetMapping("/workers/{worker}/timeline")
    @Operation(summary = "Read what one worker settled of late, its rate and its last refusal", description = "As `timelines` does.")
    Activity timeline(@PathVariable long worker, @RequestParam(defaultValue = "30") int minutes,
            @RequestParam(required = false) @Nullable String since) {
        var found = activities.read(List.of(worker), back(minutes), instant(since));
        if (found.workers().isEmpty()) {
            throw Refusal.notFound("worker", worker, "the id of a worker");
        }
        return found;
    }

    @GetMapping("/queue")
    @Operation(summary = "Read how many evaluations wait, for how long, and how fast all workers are")
    Queue queue() {
        return queues.read();
    }

    private static Duration back(int minutes) {
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw Refusal.badField("minutes", minutes, "1 to " + MOST_MINUTES);
        }
        return Duration.ofMinutes(minutes);
    }

    private static @Nullable Instant instant(@Nullable String since) {
        try {
            return since == null ? null : Instant.parse(since);
        } catch (DateTimeParseException noInstant) {
            throw Refusal.badField("since", since, "an instant like 2026-01-31T09:30:00Z");
        }
    }
}
