package dev.normforge.chart;

import java.util.Locale;

/** Elements of SVG, one a line. Whatever is text is escaped; numbers have two decimals at most, wherever this runs. */
public final class Markup {

    private final StringBuilder text = new StringBuilder();

    /** @param attributes names and values in turn */
    public Markup open(String element, Object... attributes) {
        tag(element, attributes);
        text.append(">\n");
        return this;
    }

    public Markup close(String element) {
        text.append("</").append(element).append(">\n");
        return this;
    }

    public Markup leaf(String element, Object... attributes) {
        tag(element, attributes);
        text.append("/>\n");
        return this;
    }

    public Markup text(String element, String content, Object... attributes) {
        tag(element, attributes);
        text.append('>').append(escaped(content)).append("</").append(element).append(">\n");
        return this;
    }

    private void tag(String element, Object... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            var value = attributes[i + 1] instanceof Double number ? number(number) : attributes[i + 1].toString();
            if (!value.isEmpty()) {
                text.append(' ').append(attributes[i]).append("=\"").append(escaped(value)).append('"');
            }
        }
    }

    public static String number(double value) {
        var text = String.format(Locale.ROOT, "%.2f", value);
        var shorter = text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
        return shorter.equals("-0") ? "0" : shorter;
    }

    /** Letters that XML does not allow at all are shown as unknown ones. */
    static String escaped(String content) {
        var escaped = new StringBuilder();
        content.codePoints().forEach(letter -> {
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\t', '\n', '\r' -> escaped.append(' ');
                default -> escaped.appendCodePoint(allowed(letter) ? letter : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int letter) {
        return letter >= ' ' && letter <= 0xD7FF || letter >= 0xE000 && letter <= 0xFFFD || letter >= 0x10000;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
