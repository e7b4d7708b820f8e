package dev.normforge.search;

import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code search}: one per search or comparison, changed only by the coordinator that holds its lock, but for the intent. */
@Repository
class SearchRepository {

    /** A coordinator that has not looked for longer than this was away, and its search did not run. */
    private static final long LONGEST_STEP_MILLIS = 10_000;

    /** How much of its time an idle search may lose when its coordinator is killed. */
    private static final long CLOCK_MILLIS = 1000;

    private final JdbcClient jdbc;
    private final Map<SearchId, SearchSpec> specs = new ConcurrentHashMap<>();

    SearchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks the search for the rest of the transaction; empty where another coordinator holds it, or nobody has made it. Its
     * clock is read and written as of the transaction's begin, so that what a turn takes counts with the next one.
     */
    Optional<SearchHead> lock(SearchId id) {
        return jdbc.sql("""
                select id, kind, evolution, simplifier, phase, intent, births, arrivals, active_ms, evolution_end,
                       case when intent = 'RUN' and active_at is not null then least(:longest + 1,
                           extract(epoch from now() - active_at) * 1000)::bigint else 0 end as gap
                  from search where id = :id for no key update skip locked""")
                .param("id", id.value()).param("longest", LONGEST_STEP_MILLIS).query((row, _) -> head(row)).optional();
    }

    private SearchHead head(ResultSet row) throws SQLException {
        var id = new SearchId(row.getLong("id"));
        long gap = row.getLong("gap");
        long due = gap > LONGEST_STEP_MILLIS ? 0 : Math.max(0, gap);
        boolean clockDue = gap >= CLOCK_MILLIS;
        var end = row.getString("evolution_end");
        return new SearchHead(id, Kind.valueOf(row.getString("kind")), () -> spec(id), row.getInt("evolution"),
                row.getInt("simplifier"),
                Phase.valueOf(row.getString("phase")), Intent.valueOf(row.getString("intent")), row.getInt("births"),
                row.getInt("arrivals"), row.getLong("active_ms") + due, clockDue,
                end == null ? null : SearchHead.EvolutionEnd.valueOf(end));
    }

    /** A search's specification, which never changes. */
    SearchSpec spec(SearchId id) {
        return specs.computeIfAbsent(id, _ -> ProtocolJson.read(specJson(id), SearchSpec.class));
    }

    /** Forgets every other search: it is read again when it is asked for. */
    void rememberOnly(Collection<SearchId> live) {
        specs.keySet().retainAll(live);
    }

    String specJson(SearchId id) {
        return jdbc.sql("select spec::text from search where id = :id").param("id", id.value()).query(String.class)
                .optional().orElseThrow(() -> new NoSuchSearchException(id));
    }

    /** Only the time spent. */
    void tick(SearchId id, long activeMillis) {
        jdbc.sql("update search set active_ms = :active, active_at = now() where id = :id")
                .param("active", activeMillis).param("id", id.value()).update();
    }

    /** The whole head, after a visible change. */
    void save(SearchId id, Phase phase, int births, int arrivals, long activeMillis,
            SearchHead.@Nullable EvolutionEnd end, @Nullable String note) {
        jdbc.sql("""
                update search set phase = :phase, births = :births, arrivals = :arrivals, active_ms = :active,
                       active_at = now(), evolution_end = :end, revision = revision + 1,
                       ending_note = nullif(concat_ws('; ', ending_note, cast(:note as text)), ''),
                       evolution_started_at = case when evolution_started_at is null and :phase = 'EVOLUTION'
                           then clock_timestamp() else evolution_started_at end,
                       evolution_ended_at = case when evolution_ended_at is null and evolution_started_at is not null
                           and :phase <> 'EVOLUTION' then clock_timestamp() else evolution_ended_at end
                 where id = :id""")
                .param("phase", phase.name()).param("births", births).param("arrivals", arrivals)
                .param("active", activeMillis).param("end", end == null ? null : end.name()).param("note", note)
                .param("id", id.value()).update();
    }

    void calibrated(SearchId id, String calibration) {
        jdbc.sql("update search set calibration = :calibration::jsonb where id = :id")
                .param("calibration", calibration).param("id", id.value()).update();
    }

    void finish(SearchId id, Ending ending, @Nullable String note, @Nullable String report) {
        jdbc.sql("""
                update search set phase = 'FINISHED', ending = :ending, ending_note = coalesce(:note, ending_note),
                       report = :report::jsonb, finished_at = clock_timestamp(), revision = revision + 1
                 where id = :id""")
                .param("ending", ending.name()).param("note", note).param("report", report).param("id", id.value())
                .update();
    }

    /** Searches and comparisons that are not finished, oldest first. */
    List<SearchId> live() {
        return jdbc.sql("select id from search where phase <> 'FINISHED' order by id")
                .query((row, _) -> new SearchId(row.getLong(1))).list();
    }

    /** A search or a comparison by its name. */
    record Named(SearchId id, String name) {
    }

    /** Searches and comparisons that are neither finished nor paused nor being cancelled, oldest first. */
    List<Named> running() {
        return jdbc.sql("select id, name from search where phase <> 'FINISHED' and intent = 'RUN' order by id")
                .query((row, _) -> new Named(new SearchId(row.getLong(1)), row.getString(2))).list();
    }

    /** How a row begins. */
    record Founding(Kind kind, String name, String preset, String spec, long seed, String data,
            @Nullable String study, @Nullable String arm, Duration spent) {

        static Founding of(String name, SearchSpec spec, @Nullable String study, @Nullable String arm, Duration spent) {
            return new Founding(Kind.SEARCH, name, spec.preset(), ProtocolJson.write(spec), spec.seed(),
                    spec.proxy().data().name(), study, arm, spent);
        }

        static Founding of(String name, ComparisonSpec spec, Duration spent) {
            return new Founding(Kind.COMPARISON, name, spec.name(), ProtocolJson.write(spec), spec.firstSeed(),
                    spec.proxy().data().name(), null, null, spent);
        }

        private Phase phase() {
            return switch (kind) {
                case SEARCH -> Phase.CALIBRATION;
                case COMPARISON -> Phase.COMPARISON;
            };
        }
    }

    /** A new row's id, or empty where the name is taken, by a search or by a comparison. */
    Optional<SearchId> insert(Founding row) {
        return jdbc
                .sql("""
                        insert into search (kind, name, preset, spec, seed, data, evolution, simplifier, study, arm, phase, active_ms)
                        values (:kind, :name, :preset, :spec::jsonb, :seed, :data, :evolution, :simplifier, :study, :arm, :phase, :spent)
                        on conflict (name) do nothing returning id""")
                .param("kind", row.kind().name()).param("name", row.name()).param("preset", row.preset())
                .param("spec", row.spec()).param("seed", row.seed()).param("data", row.data())
                .param("evolution", Versions.evolution(row.kind())).param("simplifier", Simplifier.VERSION)
                .param("study", row.study()).param("arm", row.arm()).param("phase", row.phase().name())
                .param("spent", row.spent().toMillis()).query((found, _) -> new SearchId(found.getLong(1))).optional();
    }

    /** @return whether there is such a search and it is not finished */
    boolean intend(SearchId id, Intent intent) {
        return jdbc.sql("""
                update search set intent = :intent, active_at = clock_timestamp(), revision = revision + 1
                 where id = :id and phase <> 'FINISHED' and intent <> 'CANCEL'""")
                .param("intent", intent.name()).param("id", id.value()).update() == 1;
    }

    /** Whether a search or a comparison has this name. */
    boolean taken(String name) {
        return jdbc.sql("select exists (select 1 from search where name = :name)").param("name", name)
                .query(Boolean.class).single();
    }

    /** The first of {@code base}, {@code base-2}, {@code base-3}, … that is free. */
    String freeName(String base) {
        return jdbc.sql("""
                with tried (name, n) as (
                  select :base || case n when 1 then '' else '-' || n end, n
                    from generate_series(1, 1 + (select count(*) from search where starts_with(name, :base))) n)
                select name from tried where not exists (select 1 from search s where s.name = tried.name)
                 order by n limit 1""").param("base", base).query(String.class).single();
    }

    /** How a search or a comparison ended; empty before it has. */
    Optional<Ending> ending(SearchId id) {
        return jdbc.sql("select ending from search where id = :id and ending is not null").param("id", id.value())
                .query((row, _) -> Ending.valueOf(row.getString(1))).optional();
    }

    Optional<SearchSummary> find(String name) {
        return jdbc.sql(SUMMARY + " and name = :name").param("name", name).query(SearchRepository::summary)
                .optional();
    }

    Optional<SearchSummary> find(SearchId id) {
        return jdbc.sql(SUMMARY + " and id = :id").param("id", id.value()).query(SearchRepository::summary)
                .optional();
    }

    List<SearchSummary> list() {
        return jdbc.sql(SUMMARY + " order by id desc").query(SearchRepository::summary).list();
    }

    /** Ends in its {@code where}: comparisons are no searches. */
    private static final String SUMMARY = """
            select id, name, preset, data, seed, study, arm, phase, intent, ending, ending_note, births, arrivals, revision,
                   evolution, simplifier
              from search where kind = 'SEARCH'
            """;

    private static SearchSummary summary(ResultSet row, int number) throws SQLException {
        var ending = row.getString("ending");
        return new SearchSummary(new SearchId(row.getLong("id")), row.getString("name"), row.getString("preset"),
                row.getString("data"), row.getLong("seed"), row.getString("study"), row.getString("arm"),
                Phase.valueOf(row.getString("phase")), Intent.valueOf(row.getString("intent")),
                ending == null ? null : Ending.valueOf(ending), row.getString("ending_note"), row.getInt("births"),
                row.getInt("arrivals"), row.getLong("revision"),
                ending == null
                        ? Versions.difference(Kind.SEARCH, row.getInt("evolution"), row.getInt("simplifier"))
                        : null);
    }
}
