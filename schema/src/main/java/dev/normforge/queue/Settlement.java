package dev.normforge.queue;

/** What became of a result that a worker reported. */
public enum Settlement {
    /** It is the evaluation's outcome; also when the same worker reports the same result again. */
    COUNTED,
    /** Another result had settled before: this one is kept as evidence, and never counted. */
    SUPERSEDED,
    /** The evaluation is no more: its search was deleted. */
    GONE
}
