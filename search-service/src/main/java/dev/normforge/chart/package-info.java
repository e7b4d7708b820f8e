/**
 * Charts as SVG, drawn by hand: no fonts are measured and no toolkit is loaded, so they look the same on a machine without a
 * screen, byte for byte. Nothing in them runs or is fetched. Pure.
 */
@NullMarked
package dev.normforge.chart;

import org.jspecify.annotations.NullMarked;
