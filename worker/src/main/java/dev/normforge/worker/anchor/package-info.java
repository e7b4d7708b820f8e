/** The networks in which layers are compared (EvoNorms, section on layer evaluation). */
@NullMarked
package dev.normforge.worker.anchor;

import org.jspecify.annotations.NullMarked;
