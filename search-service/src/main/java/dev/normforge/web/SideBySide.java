package dev.normforge.web;

import dev.normforge.report.ComparedSearches;
import dev.normforge.report.Curve;
import dev.normforge.report.GroupCurve;
import dev.normforge.report.GroupCurve.Spread;
import dev.normforge.report.Interval;
import dev.normforge.report.SearchCurves;
import dev.normforge.report.SearchCurves.Against;
import dev.normforge.report.SearchCurves.Measure;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.SearchView;
import dev.normforge.search.SpecTable;
import dev.normforge.statistics.Sample;
import dev.normforge.statistics.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts several searches beside each other, in one snapshot. */
@Component
class SideBySide {

    /** More points than a chart is wide say nothing more. */
    static final int MOST_POINTS = 300;

    private final SearchSummaries summaries;
    private final ComparedSearches compared;
    private final SearchCurves curves;
    private final JsonMapper json;

    SideBySide(SearchSummaries summaries, ComparedSearches compared, SearchCurves curves, JsonMapper json) {
        this.summaries = summaries;
        this.compared = compared;
        this.curves = curves;
        this.json = json;
    }

    /** What is asked for. @param searches ids, each once */
    record Question(List<Long> searches, Against x, Measure y, Spread spread) {
        Question {
            searches = List.copyOf(searches);
        }
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    CurvesView read(Question question) {
        var views = summaries.all(question.searches()).stream()
                .collect(Collectors.toMap(SearchView::id, Function.identity()));
        var searches = question.searches().stream().map(views::get).filter(Objects::nonNull).toList();
        var about = compared.read(question.searches());
        var specs = searches.stream().map(search -> json.readTree(about(about, search).spec())).toList();
        var groups = SearchGroups.of(searches, specs);
        var comparable = comparable(specs);
        var drawn = curves.read(question.searches(), question.x(), question.y());
        var rows = new ArrayList<CurvesView.Compared>();
        for (int i = 0; i < searches.size(); i++) {
            var curve = drawn.getOrDefault(searches.get(i).id(), new Curve(List.of(), 0));
            rows.add(row(searches.get(i), about(about, searches.get(i)), groups.of().get(i), comparable.get(i),
                    specs.get(i).path("budget"), curve));
        }
        var members = IntStream.range(0, groups.names().size())
                .mapToObj(group -> rows.stream().filter(row -> row.group() == group && row.comparable())
                        .map(CurvesView.Compared::curve).toList())
                .toList();
        return new CurvesView(lower(question.x()), lower(question.y()), lower(question.spread()),
                searches.stream().mapToLong(SearchView::revision).sum(),
                rows.stream().map(SideBySide::thinned).toList(),
                IntStream.range(0, members.size())
                        .mapToObj(i -> group(groups.names().get(i), members.get(i), question.spread())).toList(),
                contrast(members), notes(searches, specs, groups, comparable),
                SpecTable.of(specs).rows());
    }

    private static ComparedSearches.Compared about(Map<Long, ComparedSearches.Compared> all, SearchView search) {
        return Objects.requireNonNull(all.get(search.id()), "one snapshot has both");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static CurvesView.Compared row(SearchView search, ComparedSearches.Compared about, int group,
            boolean comparable, JsonNode budget, Curve curve) {
        var best = search.best();
        var bnRelu = about.bnRelu();
        return new CurvesView.Compared(search, group, comparable, budget, bnRelu,
                best == null || bnRelu == null ? null : (Double) (best.accuracy().mean() - bnRelu.mean()),
                about.members(), about.hypervolume(), about.confirmed(),
                comparable ? curve : new Curve(List.of(), curve.end()));
    }

    private static CurvesView.Compared thinned(CurvesView.Compared row) {
        return new CurvesView.Compared(row.search(), row.group(), row.comparable(), row.budget(), row.bnRelu(),
                row.beyondBnRelu(),
                row.members(), row.hypervolume(), row.confirmed(), row.curve().thinned(MOST_POINTS));
    }

    private static CurvesView.Group group(String name, List<Curve> members, Spread spread) {
        return new CurvesView.Group(name, members.size(),
                members.size() < GroupCurve.FEWEST ? null : GroupCurve.of(members, spread, MOST_POINTS));
    }

    /** Those whose scores mean the same as those of most others; of as many, as those of the first. */
    private static List<Boolean> comparable(List<JsonNode> specs) {
        var scorings = specs.stream().map(Specifications::scoring).toList();
        var alike = scorings.stream()
                .map(one -> scorings.stream().filter(other -> !Specifications.differ(one, other)).count()).toList();
        long most = alike.stream().mapToLong(Long::longValue).max().orElse(0);
        int first = alike.indexOf(most);
        return scorings.stream().map(one -> !Specifications.differ(scorings.get(first), one)).toList();
    }

    private static List<String> notes(List<SearchView> searches, List<JsonNode> specs, SearchGroups groups,
            List<Boolean> comparable) {
        var notes = new ArrayList<String>();
        int standard = comparable.indexOf(true);
        for (int i = 0; i < searches.size(); i++) {
            if (!comparable.get(i)) {
                notes.add(
                        "%s is not comparable with the others and not drawn: its layers are scored otherwise, for proxy.%s."
                                .formatted(searches.get(i).name(), Specifications.difference(
                                        Specifications.scoring(specs.get(i)),
                                        Specifications.scoring(specs.get(standard)))));
            }
            int first = groups.of().indexOf(groups.of().get(i));
            var one = Specifications.withoutSeed(specs.get(i));
            var other = Specifications.withoutSeed(specs.get(first));
            if (comparable.get(i) && comparable.get(first) && Specifications.differ(one, other)) {
                notes.add("Group %s mixes specifications: of %s %s as in %s.".formatted(
                        groups.names().get(groups.of().get(i)), searches.get(i).name(),
                        Specifications.difference(one, other), searches.get(first).name()));
            }
        }
        return notes;
    }

    /** Where both have as many searches as a mean needs. */
    private static CurvesView.@Nullable Contrast contrast(List<List<Curve>> groups) {
        var large = groups.stream().filter(group -> !group.isEmpty()).toList();
        if (large.size() != 2 || large.stream().anyMatch(group -> group.size() < GroupCurve.FEWEST)) {
            return null;
        }
        long x = large.stream().flatMap(List::stream).mapToLong(Curve::end).min().orElseThrow();
        var values = large.stream()
                .map(group -> group.stream().map(curve -> curve.at(x)).filter(value -> value.isPresent())
                        .map(value -> value.getAsDouble()).toList())
                .toList();
        return values.get(0).size() < large.get(0).size() || values.get(1).size() < large.get(1).size()
                ? null
                : new CurvesView.Contrast(x, welch(new Sample(values.get(1)), new Sample(values.get(0))));
    }

    /** Degrees of freedom by Welch and Satterthwaite. */
    static Interval welch(Sample one, Sample other) {
        double difference = one.mean() - other.mean();
        double mine = one.deviation() * one.deviation() / one.size();
        double its = other.deviation() * other.deviation() / other.size();
        if (!one.spreads() && !other.spreads()) {
            return new Interval(difference, difference, difference);
        }
        double degrees = (mine + its) * (mine + its)
                / (mine * mine / (one.size() - 1) + its * its / (other.size() - 1));
        double half = StudentT.twoSided95(degrees) * Math.sqrt(mine + its);
        return new Interval(difference, difference - half, difference + half);
    }
}
