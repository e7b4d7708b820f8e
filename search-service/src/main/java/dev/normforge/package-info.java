/** The search service: one Spring Boot application, embedded by the command line and by tests. */
@NullMarked
package dev.normforge;

import org.jspecify.annotations.NullMarked;
