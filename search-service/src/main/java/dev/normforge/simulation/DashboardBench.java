package dev.normforge.simulation;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.search.SearchId;
import dev.normforge.search.Searches;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * How fast the service answers beside a search of many candidates, while another search runs. Both are advanced by the real
 * coordinator into the real tables; only what a training measures is drawn.
 */
public final class DashboardBench {

    /** The coordinator keeps work for all of them ready, so that its pauses do not tell. */
    private static final int WORKERS = 64;
    private static final int THREADS = 2;
    private static final int AT_ONCE = 16;
    private static final int IDLE_MILLIS = 5;
    private static final int WARM_UP = 10;
    private static final int REQUESTS = 200;
    /** As many as the page of workers shows at first. */
    private static final String SHOWN_WORKERS = IntStream.rangeClosed(1, 40).mapToObj(String::valueOf)
            .collect(Collectors.joining(","));

    private static final SearchSpec.Budget ENDLESS = new SearchSpec.Budget(Integer.MAX_VALUE, null, null);

    private final DataSource database;
    private final Searches searches;
    private final String address;
    private final String key;
    private final HttpClient client = HttpClient.newHttpClient();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    /**
     * @param address of the service whose coordinator advances the searches, with a slash at its end
     * @param key with which it asks
     */
    public DashboardBench(DataSource database, Searches searches, String address, String key) {
        this.key = key;
        this.database = database;
        this.searches = searches;
        this.address = address;
    }

    /**
     * Times of one kind of request, in milliseconds.
     *
     * @param bytes of the largest answer
     */
    public record Answer(String request, double median, double p95, double most, long bytes) {
    }

    /** @param running whether another search was advancing meanwhile */
    public record Measured(int candidates, int arrivals, double seconds, boolean running, List<Answer> answers) {
        public Measured {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Lets a search grow, then asks.
     *
     * @param candidates at least so many proposals
     * @param progress is told of proposals now and then
     * @throws InterruptedException where the thread is to end
     */
    public Measured measure(String name, int candidates, long seed, IntConsumer progress)
            throws InterruptedException, IOException {
        var over = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var workers = Stream.generate(() -> new SimulatedWorker(database)).limit(WORKERS / THREADS).toList();
            threads.add(Thread.ofPlatform().daemon().start(() -> work(workers, over)));
        }
        try {
            long begun = System.nanoTime();
            var grown = searches.create(name, spec(seed), null, null).id();
            while (searches.get(grown).births() < candidates) {
                progress.accept(searches.get(grown).births());
                TimeUnit.MILLISECONDS.sleep(500);
            }
            searches.pause(grown);
            double seconds = (System.nanoTime() - begun) / 1e9;
            var other = searches.create(name + "-running", spec(seed + 1), null, null).id();
            int before = searches.get(other).arrivals();
            var answers = answers(name, grown);
            var after = searches.get(grown);
            return new Measured(after.births(), after.arrivals(), seconds, searches.get(other).arrivals() > before,
                    answers);
        } finally {
            over.set(true);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    private static void work(List<SimulatedWorker> workers, AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            if (workers.get(i % workers.size()).work(AT_ONCE) == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS));
            }
        }
    }

    /** It says of itself that its images are none. */
    private static SearchSpec spec(long seed) {
        var laptop = Presets.read("laptop").withSeed(seed).withBudget(ENDLESS);
        return laptop.withData(laptop.proxy().data().named("synthetic"));
    }

    private List<Answer> answers(String name, SearchId grown) throws IOException, InterruptedException {
        var search = searches.get(grown);
        var path = "api/v1/searches/" + name;
        var curves = "api/v1/curves?searches=%s,%1$s-running".formatted(name);
        var answers = new ArrayList<Answer>();
        for (var request : List.of("api/v1/searches", path, path + "/front", path + "/front?at={arrival}",
                path + "/hypervolume", path + "/traits", path + "/traits?among=best&against=trained",
                path + "/arrivals?after={arrival}", path + "/candidates?before={birth}", path + "/candidates/{birth}",
                path + "/candidates/{birth}/tournament", path + "/candidates/{birth}/kin",
                path + "/candidates/{birth}/children", path + "/candidates/{birth}/equivalents",
                path + "/candidates/{birth}/equivalents?by=BEHAVIOUR",
                path + "/candidates/{birth}/elsewhere?by=BEHAVIOUR", path + "/candidates/{birth}/exports",
                path + "/candidates/{birth}/exports/provenance.json", path + "/candidates/{birth}/exports/layer.svg",
                "api/v1/workers", "api/v1/workers/timelines?minutes=30&workers={workers}",
                "api/v1/workers/timelines?minutes=30&workers={workers}&since={lately}", "api/v1/workers/stopped",
                "api/v1/queue", "api/v1/layers", curves + "&x=steps", curves + "&y=hypervolume")) {
            answers.add(answer(request, search.births(), search.arrivals()));
        }
        return answers;
    }

    private Answer answer(String request, int births, int arrivals) throws IOException, InterruptedException {
        var millis = new double[REQUESTS];
        long bytes = 0;
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            var filled = request.replace("{birth}", String.valueOf(random.nextInt(births)))
                    .replace("{arrival}", String.valueOf(random.nextInt(arrivals)))
                    .replace("{workers}", SHOWN_WORKERS).replace("{lately}", Instant.now().minusSeconds(12).toString());
            long begun = System.nanoTime();
            var answer = client.send(HttpRequest.newBuilder(URI.create(address + filled))
                    .header("Authorization", "Bearer " + key).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("GET /%s answers %d".formatted(filled, answer.statusCode()));
            }
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
                bytes = Math.max(bytes, answer.body().length);
            }
        }
        Arrays.sort(millis);
        return new Answer("GET /" + request, millis[REQUESTS / 2], millis[(int) (0.95 * REQUESTS)],
                millis[REQUESTS - 1], bytes);
    }
}
