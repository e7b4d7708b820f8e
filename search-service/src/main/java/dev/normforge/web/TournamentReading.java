package dev.normforge.web;

import dev.normforge.evolution.Beginning;
import dev.normforge.search.SearchId;
import dev.normforge.search.Tournaments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts a recomputed tournament into words that a page can show. */
@Component
class TournamentReading {

    private final Tournaments tournaments;
    private final JdbcClient jdbc;

    TournamentReading(Tournaments tournaments, JdbcClient jdbc) {
        this.tournaments = tournaments;
        this.jdbc = jdbc;
    }

    TournamentView read(long search, int birth) {
        var told = tournaments.find(new SearchId(search), birth)
                .orElseThrow(() -> Refusal.notFound("birth", birth, "a birth of this search"));
        return switch (told) {
            case Tournaments.Unknown(int seen, var why) ->
                new TournamentView(birth, TournamentView.Kind.UNKNOWN, seen, null, List.of(), List.of(), why);
            case Tournaments.Origin origin -> view(search, birth, origin);
        };
    }

    private TournamentView view(long search, int birth, Tournaments.Origin origin) {
        var strategy = origin.strategy();
        return new TournamentView(birth, kind(origin.beginning()), origin.seen(),
                new TournamentView.Rules(strategy.criterion(), strategy.tournamentShare(), strategy.window(),
                        strategy.freshProbability(), strategy.initialRandom()),
                origin.window().stream().map(seen -> new TournamentView.Member(seen.member().birth(), seen.ordinal(),
                        seen.member().mean())).toList(),
                drawn(search, origin), null);
    }

    private static TournamentView.Kind kind(Beginning beginning) {
        return switch (beginning) {
            case Beginning.Fresh(boolean founding) ->
                founding ? TournamentView.Kind.FOUNDING : TournamentView.Kind.CHANCE;
            case Beginning.Contest _ -> TournamentView.Kind.TOURNAMENT;
        };
    }

    private List<TournamentView.Drawn> drawn(long search, Tournaments.Origin origin) {
        if (!(origin.beginning() instanceof Beginning.Contest contest)) {
            return List.of();
        }
        var ordinals = origin.window().stream()
                .collect(Collectors.toMap(seen -> seen.member().birth(), Tournaments.Seen::ordinal));
        var best = contest.best().stream().map(member -> member.birth()).collect(Collectors.toSet());
        var formulas = formulas(search, contest.drawn().stream().map(member -> member.birth()).toList());
        return contest.drawn().stream()
                .map(member -> new TournamentView.Drawn(member.birth(), ordinals.getOrDefault(member.birth(), 0),
                        formulas.get(member.birth()), member.accuracies(), member.mean(),
                        best.contains(member.birth()), member.birth() == contest.winner().birth()))
                .toList();
    }

    private Map<Integer, @Nullable String> formulas(long search, List<Integer> births) {
        var formulas = new HashMap<Integer, @Nullable String>();
        jdbc.sql("""
                select c.birth, p.formula from candidate c join phenotype p on p.id = c.phenotype_id
                 where c.search_id = :search and c.birth in (:births)
                """).param("search", search).param("births", births).query(row -> {
            formulas.put(row.getInt(1), row.getString(2));
        });
        return formulas;
    }
}
