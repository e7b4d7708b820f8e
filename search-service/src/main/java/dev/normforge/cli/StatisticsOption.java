package dev.normforge.cli;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What stands for batch statistics, as an option: a word, for some with a number after a colon. */
final class StatisticsOption implements ITypeConverter<BatchStatistics> {

    static final String EXPECTED = "batch, moving[:DECAY], precise[:IMAGES], precise-mean[:IMAGES], frozen[:LAST SHARE], estimated[:RATE]";

    private static final double DECAY = 0.9;
    private static final int IMAGES = 1024;
    private static final double LAST_SHARE = 0.2;
    private static final double RATE = 0.1;

    @Override
    public BatchStatistics convert(String text) {
        int colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        var number = colon < 0 ? null : text.substring(colon + 1);
        try {
            return switch (word) {
                case "moving" -> new BatchStatistics.Moving(real(number, DECAY));
                case "precise" -> new BatchStatistics.Precise(whole(number));
                case "precise-mean" -> new BatchStatistics.Precise(whole(number), Estimator.MEAN_OF_BATCHES);
                case "frozen" -> new BatchStatistics.Frozen(real(number, LAST_SHARE), IMAGES);
                case "estimated" -> new BatchStatistics.Estimated(real(number, RATE));
                case "batch" -> {
                    if (number != null) {
                        throw new TypeConversionException("expected batch without a number, not " + text);
                    }
                    yield new BatchStatistics.OfTheTestBatch();
                }
                default -> throw new TypeConversionException("expected one of %s, not %s".formatted(EXPECTED, text));
            };
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected a %s after the colon, not %s".formatted(
                    word.startsWith("precise") ? "whole number" : "number", text));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(NormForge.oneLine(e));
        }
    }

    private static double real(@Nullable String number, double usual) {
        return number == null ? usual : Double.parseDouble(number);
    }

    private static int whole(@Nullable String number) {
        return number == null ? IMAGES : Integer.parseInt(number);
    }
}
