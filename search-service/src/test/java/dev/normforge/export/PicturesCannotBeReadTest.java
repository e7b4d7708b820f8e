package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.export.Arrangement.Area;
import dev.normforge.export.Arrangement.Box;
import dev.normforge.export.Arrangement.Point;
import dev.normforge.export.Arrangement.Route;
import dev.normforge.export.Diagram.Kind;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.testing.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A drawing in which something hides something else, that a page refuses, or that changes when it is made again. */
class PicturesCannotBeReadTest {

    private static final ModuleName NAME = new ModuleName("Exported");
    private static final Map<String, LayerGraph> GRAPHS = ExportedLayers.all().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, layer -> layer.getValue().graph(), (one, _) -> one,
                    LinkedHashMap::new));
    private static final double TOUCH = 1e-6;

    @Test
    void nothingHidesAnything() {
        GRAPHS.forEach((name, graph) -> {
            var picture = Arrangement.of(Diagram.of(graph));
            var words = Stream.concat(picture.boxes().stream().map(Box::area),
                    picture.routes().stream().flatMap(route -> route.labels().stream())).toList();
            for (int i = 0; i < words.size(); i++) {
                assertThat(inside(words.get(i), picture)).as(name).isTrue();
                for (int j = 0; j < i; j++) {
                    assertThat(overlap(words.get(i), words.get(j))).as("%s: %s %s", name, words.get(i), words.get(j))
                            .isFalse();
                }
            }
            for (var route : picture.routes()) {
                for (var piece : pieces(route)) {
                    assertThat(inside(piece, picture)).as(name).isTrue();
                    assertThat(words).as("%s: %s", name, route).noneMatch(word -> overlap(piece, word));
                }
            }
        });
    }

    /** Vertical or horizontal lines as areas without a width. */
    private static List<Area> pieces(Route route) {
        var pieces = new ArrayList<Area>();
        for (int i = 1; i < route.points().size(); i++) {
            Point a = route.points().get(i - 1);
            Point b = route.points().get(i);
            assertThat(Math.min(Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y()))).isLessThan(TOUCH);
            pieces.add(new Area(Math.min(a.x(), b.x()), Math.min(a.y(), b.y()), Math.abs(a.x() - b.x()),
                    Math.abs(a.y() - b.y())));
        }
        return pieces;
    }

    private static boolean overlap(Area a, Area b) {
        return a.x() < b.x() + b.width() - TOUCH && b.x() < a.x() + a.width() - TOUCH
                && a.y() < b.y() + b.height() - TOUCH && b.y() < a.y() + a.height() - TOUCH;
    }

    private static boolean inside(Area a, Arrangement picture) {
        return a.x() >= 0 && a.y() >= 0 && a.x() + a.width() <= picture.width()
                && a.y() + a.height() <= picture.height();
    }

    @Test
    void everyLineLeadsFromTheTopOfWhatIsReadToItsReader() {
        GRAPHS.forEach((name, graph) -> {
            var picture = Arrangement.of(Diagram.of(graph));
            var boxes = picture.boxes().stream().collect(Collectors.toMap(box -> box.shape().id(), Box::area));
            var heads = picture.routes().stream().map(route -> route.points().getLast()).collect(Collectors.toSet());
            assertThat(heads).as("%s: an arrow for each input", name).hasSameSizeAs(picture.routes());
            for (var route : picture.routes()) {
                var from = Objects.requireNonNull(boxes.get(route.edge().from()));
                var to = Objects.requireNonNull(boxes.get(route.edge().to()));
                assertThat(route.points().getFirst().x()).as(name).isCloseTo(from.x() + from.width() / 2,
                        within(TOUCH));
                assertThat(route.points().getFirst().y()).as(name).isEqualTo(from.y());
                assertThat(route.points().getLast().y()).as(name).isEqualTo(to.y() + to.height());
                assertThat(route.points().getLast().x()).as(name).isStrictlyBetween(to.x(), to.x() + to.width());
                assertThat(to.y() + to.height()).as("%s: upwards", name).isLessThan(from.y());
            }
            double inputs = picture.boxes().stream().filter(box -> box.shape().kind() == Kind.INPUT)
                    .mapToDouble(box -> box.area().y()).min().orElseThrow();
            assertThat(picture.boxes()).as(name).allMatch(
                    box -> box.shape().kind() == Kind.INPUT || box.area().y() + box.area().height() < inputs);
        });
    }

    @Test
    void itIsWellFormedAndHoldsNothingThatRunsOrIsFetched() throws Exception {
        var elements = new TreeSet<String>();
        var attributes = new TreeSet<String>();
        for (var graph : GRAPHS.values()) {
            var found = parsed(Picture.svg(NAME, graph)).getElementsByTagName("*");
            for (int i = 0; i < found.getLength(); i++) {
                elements.add(found.item(i).getNodeName());
                var given = found.item(i).getAttributes();
                for (int j = 0; j < given.getLength(); j++) {
                    attributes.add(given.item(j).getNodeName());
                    assertThat(given.item(j).getNodeValue()).doesNotContain("url(", "NaN", "Infinity");
                }
            }
        }
        assertThat(elements).isEqualTo(Set.of("svg", "title", "desc", "g", "rect", "circle", "path", "text"));
        assertThat(Set.of("xmlns", "xml:lang", "role", "aria-labelledby", "id", "viewBox", "width", "height", "x", "y",
                "cx", "cy", "r", "rx", "d", "fill", "stroke", "stroke-width", "stroke-dasharray", "font-family",
                "font-size", "text-anchor")).containsAll(attributes);
    }

    private static Document parsed(String text) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoeverDoesNotSeeItIsToldWhatItShows() throws Exception {
        var svg = parsed(Picture.svg(NAME, NamedLayers.find("evonorm-b0").orElseThrow())).getDocumentElement();
        for (var id : svg.getAttribute("aria-labelledby").split(" ", -1)) {
            assertThat(texts(svg, "title", "desc").stream().filter(one -> one.getAttribute("id").equals(id)))
                    .hasSize(1);
        }
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("std bwh of x",
                "div of x (dividend) and n5 (divisor), the output").doesNotContain("does not depend");
        assertThat(texts(svg, "text").stream().map(Element::getTextContent)).containsExactlyInAnyOrder("x", "v1", "mul",
                "std wh", "add", "std bwh", "max", "div", "output", "dividend", "divisor");
    }

    private static List<Element> texts(Element root, String... names) {
        var found = new ArrayList<Element>();
        for (var name : names) {
            var nodes = root.getElementsByTagName(name);
            for (int i = 0; i < nodes.getLength(); i++) {
                found.add((Element) nodes.item(i));
            }
        }
        return found;
    }

    @Test
    void unusedNodesAreDashedForThoseWhoSeeNoColours() throws Exception {
        int drawn = 0;
        for (var graph : GRAPHS.entrySet()) {
            var unused = Diagram.of(graph.getValue()).shapes().stream().filter(shape -> !shape.used()).count();
            var svg = parsed(Picture.svg(NAME, graph.getValue())).getDocumentElement();
            assertThat(
                    texts(svg, "rect", "circle").stream().filter(one -> one.hasAttribute("stroke-dasharray")).count())
                    .as(graph.getKey()).isEqualTo(unused);
            drawn += unused > 0 ? 1 : 0;
        }
        assertThat(drawn).isPositive();
    }

    @Test
    void anotherMachineDrawsOtherBytes() throws IOException {
        var java = new Program(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var digest = Drawn.digest();
        assertThat(Drawn.digest()).as("drawn again").isEqualTo(digest);
        // Identity hashes that all are 1, or count; digits and commas of another language.
        for (var hashes : List.of("2", "3")) {
            var ended = java.run(Path.of("."), "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=" + hashes,
                    "-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab", "-cp",
                    System.getProperty("java.class.path"), Drawn.class.getName());
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output().strip()).isEqualTo(digest);
        }
    }

    /** All drawings in one number. */
    static final class Drawn {

        private Drawn() {
        }

        public static void main(String... arguments) {
            System.out.println(digest());
        }

        static String digest() {
            var text = new StringBuilder();
            GRAPHS.values().forEach(graph -> text.append(Picture.svg(NAME, graph)));
            return Long.toHexString(UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                    .getMostSignificantBits());
        }
    }
}
