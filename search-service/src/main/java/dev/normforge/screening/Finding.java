package dev.normforge.screening;

/** A rule that refuses, and what it measured. */
record Finding(Verdict.Rule rule, double value) {
}
