package dev.normforge.queue;

/** What became of an evaluation whose worker was lost. */
public enum Loss {
    /** It waits for another worker. */
    REVIVED,
    /** It had an outcome already: only the completion had been lost. */
    SETTLED,
    /** It was lost too often and is settled as failed. */
    FAILED,
    /** Somebody else dealt with it first, or its search was deleted. */
    NOT_OURS
}
