/**
 * Searches, from creation to report. {@link dev.normforge.search.Advance} takes one bounded step of one search in one
 * transaction under the search row's lock; nothing about a search lives only in memory. A comparison is a row of the same
 * table and is advanced in the same way; {@link dev.normforge.comparison} says what it trains and what comes of it.
 *
 * <p>One word per thing:
 * <dl>
 * <dt>birth</dt><dd>a proposal's number in its search, from 0, dense</dd>
 * <dt>settle</dt><dd>a worker writes an evaluation's outcome; the first one counts, a later one is superseded</dd>
 * <dt>arrival</dt><dd>a result of evolution absorbed by the coordinator, with a dense ordinal from 1: a trained birth's, an
 * inherited score, or an audit's (which brings no counts and never enters the window)</dd>
 * <dt>seen</dt><dd>a birth saw arrivals 1..seen and no others</dd>
 * <dt>window</dt><dd>the youngest scored arrivals, of which tournaments are drawn</dd>
 * <dt>phenotype</dt><dd>what a genotype computes, simplified; two genotypes with one phenotype are the same layer</dd>
 * <dt>known</dt><dd>a phenotype that an earlier birth of this search was ordered to be trained with, unless nobody learned
 * anything about it</dd>
 * <dt>outcome</dt><dd>scored, rejected (a fact about the layer) or failed (nobody learned anything)</dd>
 * <dt>front stay</dt><dd>from which arrival to which a birth was on the Pareto front</dd>
 * </dl>
 */
@NullMarked
package dev.normforge.search;

import org.jspecify.annotations.NullMarked;
