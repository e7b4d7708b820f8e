package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Where values lie between the ends of an axis. */
public sealed interface Scale {

    /** 0 at the beginning, 1 at the end; beyond them outside. */
    double place(double value);

    List<Tick> ticks();

    /** Equal distances for equal differences. */
    record Linear(double low, double high, List<Tick> ticks) implements Scale {
        public Linear {
            ticks = List.copyOf(ticks);
            require(low, high);
        }

        @Override
        public double place(double value) {
            return (value - low) / (high - low);
        }
    }

    /** Equal distances for equal ratios. */
    record Logarithmic(double low, double high, List<Tick> ticks) implements Scale {
        public Logarithmic {
            ticks = List.copyOf(ticks);
            require(low, high);
            if (!(low > 0)) {
                throw new IllegalArgumentException("low is %s, expected above 0".formatted(low));
            }
        }

        @Override
        public double place(double value) {
            return StrictMath.log(value / low) / StrictMath.log(high / low);
        }
    }

    /** Names side by side; the i-th has its middle at i, and reaches half to both sides. */
    record Slots(List<String> names) implements Scale {
        public Slots {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("names is [], expected at least one");
            }
        }

        @Override
        public double place(double value) {
            return (value + 0.5) / names.size();
        }

        @Override
        public List<Tick> ticks() {
            return IntStream.range(0, names.size()).mapToObj(i -> new Tick(i, names.get(i))).toList();
        }
    }

    private static void require(double low, double high) {
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException("high is %s, expected finite and above low, %s".formatted(high, low));
        }
    }

    /**
     * A linear scale with round ends and about five round steps, over all values.
     *
     * @param least it does not begin below
     * @param most it does not end above
     */
    static Scale linear(List<Double> values, double least, double most) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(least);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(most);
        double margin = high > low ? 0.04 * (high - low) : Math.max(1e-6, 0.02 * Math.abs(high));
        double from = Math.max(least, low - margin);
        double to = Math.min(most, high + margin);
        double step = Steps.round(Math.max(to - from, 1e-9) / 5);
        double first = Math.max(Math.floor(from / step + 1e-9), Math.ceil(least / step - 1e-9));
        double last = Math.max(first + 1, Math.min(Math.ceil(to / step - 1e-9), Math.floor(most / step + 1e-9)));
        var ticks = new ArrayList<Tick>();
        for (double i = first; i <= last; i++) {
            ticks.add(new Tick(i * step, Steps.label(i * step, step, last * step)));
        }
        return new Linear(first * step, last * step, ticks);
    }

    /** A logarithmic scale with a tick at each of these values and some room beside the outermost. */
    static Scale logarithmic(List<Tick> ticks) {
        double low = ticks.stream().mapToDouble(Tick::at).min().orElseThrow();
        double high = ticks.stream().mapToDouble(Tick::at).max().orElseThrow();
        double room = high > low ? StrictMath.pow(high / low, 0.07) : 2;
        return new Logarithmic(low / room, high * room, ticks);
    }

    /** A logarithmic scale over positive values with ticks at 1, 2 and 5 times powers of ten. */
    static Scale decades(List<Double> values) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double room = high > low ? StrictMath.pow(high / low, 0.08) : 1.5;
        return new Logarithmic(low / room, high * room, Steps.decades(low / room, high * room));
    }
}
