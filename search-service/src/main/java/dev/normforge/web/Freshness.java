package dev.normforge.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Lets readers of {@code /api/v1} ask whether an answer has changed: each carries an entity tag, and who sends it back gets 304
 * while it still holds. Most tags are of the body, since much in it moves without a search's revision: its clock, what
 * workers do and have settled. What follows from the revision alone is not even computed again. Streams have none.
 */
@Component
class Freshness extends ShallowEtagHeaderFilter {

    /** Another process may be another version of the program, and write the same rows otherwise. */
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

    Freshness() {
        setWriteWeakETag(true); // a strong one would forbid compression
    }

    /** Streams are left alone: what is flushed in between would be held back. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var address = request.getRequestURI();
        return !address.startsWith("/api/v1/") || address.endsWith("/events") || address.endsWith("/candidates.csv");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        super.doFilterInternal(request, response, chain);
    }

    /**
     * For an answer that depends on nothing but its address and rows that change together with a search's revision.
     *
     * @param key read before the answer is, so that a tag is never younger than its body
     * @return whether the reader has it already: then 304 is answered, and nothing is to be computed
     */
    static boolean holds(WebRequest request, SearchDetails.SearchKey key) {
        return request.checkNotModified("W/\"%s-%d-%d\"".formatted(PROCESS, key.id(), key.revision()));
    }
}
