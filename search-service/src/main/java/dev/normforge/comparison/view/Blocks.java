package dev.normforge.comparison.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Cuts the columns of a wide table into blocks that fit, between groups of columns where that is possible. */
final class Blocks {

    private Blocks() {
    }

    /**
     * @param columns how many there are
     * @param width of a column
     * @param begins whether a column begins a group
     * @param most width of a block; a block has at least one column
     * @return for each block the indices of its columns, in order
     */
    static List<List<Integer>> of(int columns, IntUnaryOperator width, IntPredicate begins, int most) {
        var blocks = new ArrayList<List<Integer>>();
        List<Integer> block = new ArrayList<>();
        for (int from = 0, to; from < columns; from = to) {
            to = from + 1;
            while (to < columns && !begins.test(to)) {
                to++;
            }
            int group = IntStream.range(from, to).map(width).sum();
            for (int i = from; i < to; i++) {
                int wanted = i == from && group <= most ? group : width.applyAsInt(i);
                if (!block.isEmpty() && block.stream().mapToInt(width::applyAsInt).sum() + wanted > most) {
                    blocks.add(block);
                    block = new ArrayList<>();
                }
                block.add(i);
            }
        }
        blocks.add(block);
        return blocks;
    }
}
