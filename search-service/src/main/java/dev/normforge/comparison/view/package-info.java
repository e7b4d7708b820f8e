/** What people get of a comparison: tables for terminals and in Markdown, CSV, JSON, and all of it as files. Pure but for the files. */
@NullMarked
package dev.normforge.comparison.view;

import org.jspecify.annotations.NullMarked;
