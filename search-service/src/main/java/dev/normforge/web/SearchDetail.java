package dev.normforge.web;

import dev.normforge.report.Audit;
import dev.normforge.report.Calibration;
import dev.normforge.report.Funnel;
import dev.normforge.report.Saving;
import dev.normforge.report.SearchView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the page of one search shows.
 *
 * @param search at a glance
 * @param anchors names, in the order of every list of scores
 * @param progress how far it is
 * @param funnel where every birth ended
 * @param funnelAnchors at which anchor training gave births up
 * @param saving what that saved
 * @param audit measured false rejections
 * @param calibration noise, baselines and verdict; null before calibration has ended
 * @param spec the resolved specification
 */
record SearchDetail(SearchView search, List<String> anchors, Progress progress, List<Funnel.Row> funnel,
        List<Funnel.AtAnchor> funnelAnchors, Saving saving, Audit audit,
        @Nullable Calibration calibration, @Schema(type = "object") JsonNode spec) {

    SearchDetail {
        anchors = List.copyOf(anchors);
        funnel = List.copyOf(funnel);
        funnelAnchors = List.copyOf(funnelAnchors);
    }
}
