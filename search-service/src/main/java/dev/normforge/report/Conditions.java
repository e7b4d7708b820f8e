package dev.normforge.report;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Under which conditions a search has trained, in words: presets name them only until somebody changes a field. */
final class Conditions {

    /** Confirmation's own, which has fewer steps than ordered where time was short. */
    private static final String CONFIRMED = """
            select distinct p.spec::text from evaluation e join proxy p on p.hash = e.proxy_hash
            where e.search_id = :search and e.purpose = 'CONFIRMATION' and e.round = :round
            """;

    private Conditions() {
    }

    static String read(JdbcClient jdbc, long search) {
        var proxy = jdbc.sql("select (spec -> 'proxy')::text from search where id = :search").param("search", search)
                .query(String.class).single();
        var confirmed = jdbc.sql(CONFIRMED).param("search", search).param("round", Reports.LAST_ROUND)
                .query(String.class)
                .list();
        return text(proxy(proxy), confirmed.isEmpty() ? null : proxy(confirmed.getFirst()));
    }

    private static ProxySpec proxy(String json) {
        return ProtocolJson.read(json, ProxySpec.class);
    }

    /** @param confirmed null where nothing was confirmed */
    static String text(ProxySpec proxy, @Nullable ProxySpec confirmed) {
        var sentences = new ArrayList<String>();
        var training = proxy.training();
        sentences.add("Anchors %s; images of %d×%2$d pixels.".formatted(
                proxy.anchors().stream().map(AnchorSpec::name).collect(Collectors.joining(", ")), proxy.data().side()));
        sentences.add("Search: %d steps of %d images at learning rate %s, batch statistics %s.".formatted(
                training.steps(), training.batch(), training.learningRate(), proxy.statistics().label()));
        if (confirmed != null) {
            sentences.add("Confirmation: %d steps, batch statistics %s.".formatted(confirmed.training().steps(),
                    confirmed.statistics().label()));
        }
        if (proxy.weightStandardization() != null) {
            sentences.add("Convolutions before a layer are weight-standardized (%s).".formatted(
                    proxy.weightStandardization().label()));
        }
        if (proxy.normalized() != training.batch()) {
            sentences.add("Layers normalize %d images of a batch together.".formatted(proxy.normalized()));
        }
        if (proxy.ordersByClass()) {
            sentences.add("Images that are normalized together are of one class as far as they go round.");
        }
        return String.join(" ", sentences);
    }
}
