package dev.normforge.worker.data;

/** Fills the bytes of {@link Images} one image at a time. */
final class Pixels {

    private static final int FULL_SIDE = 32;
    private static final double FULL_SCALE = 255;

    private final int side;
    private final byte[] pixels;
    private final byte[] labels;
    private int count;

    /**
     * @param capacity how many images there will be
     * @param side 32, or 16 for the mean of each 2×2 block
     */
    Pixels(int capacity, int side) {
        this.side = side;
        this.pixels = new byte[Math.multiplyExact(capacity, side * side * Images.COLOURS)];
        this.labels = new byte[capacity];
    }

    /**
     * @param planes 32 × 32 bytes of red, then of green, then of blue, from {@code offset} on
     */
    void add(int label, byte[] planes, int offset) {
        int block = FULL_SIDE / side;
        int half = block * block / 2;
        int at = count * side * side * Images.COLOURS;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                for (int colour = 0; colour < Images.COLOURS; colour++) {
                    int plane = offset + colour * FULL_SIDE * FULL_SIDE;
                    int sum = 0;
                    for (int y = row * block; y < (row + 1) * block; y++) {
                        for (int x = column * block; x < (column + 1) * block; x++) {
                            sum += planes[plane + y * FULL_SIDE + x] & 0xff;
                        }
                    }
                    pixels[at++] = (byte) ((sum + half) / (block * block));
                }
            }
        }
        labels[count++] = (byte) label;
    }

    /** @param trained how many images, from the first, decide mean and deviation of each colour */
    Images images(int trained) {
        if (count != labels.length) {
            throw new IllegalStateException("%d of %d images".formatted(count, labels.length));
        }
        var sums = new long[Images.COLOURS];
        var squares = new long[Images.COLOURS];
        int end = trained * side * side * Images.COLOURS;
        for (int i = 0; i < end; i++) {
            int value = pixels[i] & 0xff;
            sums[i % Images.COLOURS] += value;
            squares[i % Images.COLOURS] += (long) value * value;
        }
        double number = (double) trained * side * side;
        var mean = new float[Images.COLOURS];
        var deviation = new float[Images.COLOURS];
        for (int colour = 0; colour < Images.COLOURS; colour++) {
            double average = sums[colour] / number;
            double variance = Math.max(1, squares[colour] / number - average * average);
            mean[colour] = (float) (average / FULL_SCALE);
            deviation[colour] = (float) (Math.sqrt(variance) / FULL_SCALE);
        }
        return new Images(pixels, labels, side, mean, deviation);
    }
}
