package dev.normforge.web;

import dev.normforge.report.Reports;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stored reports as they were written: {@code report.json} and the answer over HTTP are the same document. */
@Component
class ReportText {

    private final Reports reports;
    private final JsonMapper json;

    ReportText(Reports reports, JsonMapper json) {
        this.reports = reports;
        this.json = json;
    }

    Optional<JsonNode> find(long search) {
        return reports.find(search).map(report -> json.readTree(report.json()));
    }
}
