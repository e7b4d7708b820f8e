/** Who may use the service, and as what: roles, keys of programs, links that log in once. */
@NullMarked
package dev.normforge.access;

import org.jspecify.annotations.NullMarked;
