package dev.normforge.chart;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** An SVG document as a test looks at it. */
public record Svg(Document document) {

    /** A text with the room that it takes at most. */
    public record Written(String text, double left, double top, double right, double bottom) {

        public boolean overlaps(Written other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /** @throws AssertionError if it is no XML */
    public static Svg of(String text) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Svg(factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + e.getMessage(), e);
        }
    }

    public List<Element> elements(String name) {
        var nodes = document.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    public List<Written> texts() {
        return elements("text").stream().map(Svg::written).toList();
    }

    private static Written written(Element element) {
        double size = Double.parseDouble(element.getAttribute("font-size"));
        double width = element.getAttribute("font-weight").equals("bold")
                ? Lettering.boldWidth(element.getTextContent(), size)
                : Lettering.width(element.getTextContent(), size);
        double x = Double.parseDouble(element.getAttribute("x"));
        double y = Double.parseDouble(element.getAttribute("y"));
        double left = switch (element.getAttribute("text-anchor")) {
            case "middle" -> x - width / 2;
            case "end" -> x - width;
            default -> x;
        };
        return new Written(element.getTextContent(), left, y - 0.75 * size, left + width, y + 0.2 * size);
    }

    public double width() {
        return Double.parseDouble(document.getDocumentElement().getAttribute("width"));
    }

    public double height() {
        return Double.parseDouble(document.getDocumentElement().getAttribute("height"));
    }
}
