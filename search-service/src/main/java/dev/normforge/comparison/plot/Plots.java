package dev.normforge.comparison.plot;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All charts of a comparison. What varies decides which there are. */
public final class Plots {

    private Plots() {
    }

    /** The same result gives the same text, byte for byte. */
    public static List<Plot> of(ComparisonResult result) {
        var sheet = new Sheet(result);
        var looks = new Looks(sheet);
        var plots = new ArrayList<Plot>();
        for (var page : sheet.pages()) {
            plots.addAll(sweeps(looks, page));
            plots.addAll(named(looks, page));
        }
        for (var unit : Unit.values()) {
            plots.addAll(new SlotPlots(looks).anchors(unit));
        }
        plots.addAll(new SizePlots(looks).plots());
        plots.addAll(new RandomPlots(looks).plots());
        sheet.pages().stream().filter(page -> !page.averages())
                .forEach(page -> plots.addAll(new CurvePlots(looks, page).plots()));
        return List.copyOf(plots);
    }

    /** Along batches, normalization batches, PreciseBN's images and the decay of averages. */
    private static List<Plot> sweeps(Looks looks, Page page) {
        var sheet = looks.sheet();
        var plots = new ArrayList<Plot>();
        Stream.of(Dimension.BATCH, Dimension.NORMALIZATION_BATCH).flatMap(dimension -> Walk.batches(sheet, dimension)
                .stream()).map(walk -> new SweepPlots(looks, walk, page)).forEach(sweep -> {
                    plots.addAll(sweep.byLayer());
                    if (sheet.varies(Dimension.STATISTICS)) {
                        plots.addAll(sweep.byStatistics());
                    }
                });
        Walk.batches(sheet, Dimension.NORMALIZATION_BATCH).or(() -> Walk.batches(sheet, Dimension.BATCH))
                .ifPresent(walk -> plots.addAll(new SweepPlots(looks, walk, page).threeCurves()));
        Stream.of(Walk.images(sheet), Walk.decays(sheet)).flatMap(Optional::stream)
                .forEach(walk -> plots.addAll(new SweepPlots(looks, walk, page).byLayer()));
        return plots;
    }

    /** By corruption, and by whatever else has names where nothing has numbers. */
    private static List<Plot> named(Looks looks, Page page) {
        var sheet = looks.sheet();
        var plots = new ArrayList<Plot>();
        if (sheet.varies(Dimension.CORRUPTION)) {
            plots.addAll(new CorruptionPlots(looks, page).plots());
        }
        if (!sheet.varies(Dimension.BATCH) && !sheet.varies(Dimension.NORMALIZATION_BATCH)) {
            Stream.of(Dimension.WEIGHT_STANDARDIZATION, Dimension.STATISTICS, Dimension.ORDER).filter(sheet::varies)
                    .filter(dimension -> dimension != Dimension.STATISTICS || !onOneWalk(sheet))
                    .forEach(dimension -> plots.addAll(new SlotPlots(looks).dimension(page, dimension)));
        }
        return plots;
    }

    private static boolean onOneWalk(Sheet sheet) {
        return Stream.of(Walk.images(sheet), Walk.decays(sheet)).flatMap(Optional::stream)
                .anyMatch(walk -> walk.values().containsAll(sheet.values(Dimension.STATISTICS)));
    }
}
