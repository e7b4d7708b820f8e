package dev.normforge.screening;

import java.util.Arrays;

/**
 * How a tensor folds onto a smaller one: every cell of the smaller stands for the sections of consecutive elements of the
 * larger that have its channel, group or sample. Broadcasting goes one way, sums and moments the other.
 */
final class Fold {

    private final int rows;
    private final int sectionsOfRow;
    private final int length;
    private final int rowsOfCell;
    private final int cellsOfRow;
    private final int count;

    /** @param to as large as {@code from} or smaller on each axis */
    Fold(Axes from, Axes to) {
        rows = from.channels();
        sectionsOfRow = to.samples() == 1 ? 1 : from.samples();
        length = from.size() / (rows * sectionsOfRow);
        rowsOfCell = from.channels() / to.channels();
        cellsOfRow = to.samples();
        count = from.size() / to.size();
    }

    /** Elements of a cell. */
    int count() {
        return count;
    }

    private int cell(int row, int section) {
        return row / rowsOfCell * cellsOfRow + section;
    }

    /** to ← from's mean over each cell, exact where all are equal. */
    void mean(double[] from, double[] to) {
        for (int r = 0; r < rows; r += rowsOfCell) {
            for (int s = 0; s < sectionsOfRow; s++) {
                double origin = from[(r * sectionsOfRow + s) * length];
                double sum = 0;
                for (int member = r; member < r + rowsOfCell; member++) {
                    sum += sumOff(from, (member * sectionsOfRow + s) * length, origin);
                }
                to[cell(r, s)] = origin + sum / count;
            }
        }
    }

    /** to ← Σ (from − centre)² / count over each cell */
    void meanSquare(double[] from, double[] centre, double[] to) {
        for (int r = 0; r < rows; r += rowsOfCell) {
            for (int s = 0; s < sectionsOfRow; s++) {
                int cell = cell(r, s);
                double sum = 0;
                for (int member = r; member < r + rowsOfCell; member++) {
                    sum += squaresOff(from, (member * sectionsOfRow + s) * length, centre[cell]);
                }
                to[cell] = sum / count;
            }
        }
    }

    /** to ← to + Σ from over each cell */
    void addSums(double[] from, double[] to) {
        for (int r = 0, start = 0; r < rows; r++) {
            for (int s = 0; s < sectionsOfRow; s++, start += length) {
                to[cell(r, s)] += sumOff(from, start, 0);
            }
        }
    }

    /** large ← small, broadcast */
    void broadcast(double[] small, double[] large) {
        for (int r = 0, start = 0; r < rows; r++) {
            for (int s = 0; s < sectionsOfRow; s++, start += length) {
                Arrays.fill(large, start, start + length, small[cell(r, s)]);
            }
        }
    }

    /** large ← large + factor·(from − centre), factor and centre by cell */
    void addScaled(double[] factor, double[] from, double[] centre, double[] large) {
        for (int r = 0, start = 0; r < rows; r++) {
            for (int s = 0; s < sectionsOfRow; s++, start += length) {
                double f = factor[cell(r, s)];
                double c = centre[cell(r, s)];
                for (int i = start; i < start + length; i++) {
                    large[i] += f * (from[i] - c);
                }
            }
        }
    }

    /** large ← large + small, broadcast */
    void addBroadcast(double[] small, double[] large) {
        for (int r = 0, start = 0; r < rows; r++) {
            for (int s = 0; s < sectionsOfRow; s++, start += length) {
                double value = small[cell(r, s)];
                for (int i = start; i < start + length; i++) {
                    large[i] += value;
                }
            }
        }
    }

    /** Two partial sums, since an addition waits for the one before it. */
    private double sumOff(double[] a, int start, double origin) {
        double even = 0;
        double odd = 0;
        int end = start + length;
        int i = start;
        for (; i + 1 < end; i += 2) {
            even += a[i] - origin;
            odd += a[i + 1] - origin;
        }
        return i < end ? even + odd + (a[i] - origin) : even + odd;
    }

    private double squaresOff(double[] a, int start, double centre) {
        double even = 0;
        double odd = 0;
        int end = start + length;
        int i = start;
        for (; i + 1 < end; i += 2) {
            even += (a[i] - centre) * (a[i] - centre);
            odd += (a[i + 1] - centre) * (a[i + 1] - centre);
        }
        return i < end ? even + odd + (a[i] - centre) * (a[i] - centre) : even + odd;
    }
}
