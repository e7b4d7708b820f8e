/** A PostgreSQL of our own for those who have none: durable, kept in the home folder, re-attached after a kill. */
@NullMarked
package dev.normforge.embedded;

import org.jspecify.annotations.NullMarked;
