package dev.normforge.export;

import dev.normforge.chart.Lettering;
import dev.normforge.export.Diagram.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortLabelPlacement;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * A diagram with a place for everything, by ELK's layered algorithm. All lengths are pixels, y grows downwards.
 *
 * @param routes in the order of the diagram's edges
 */
record Arrangement(double width, double height, List<Box> boxes, List<Route> routes) {

    static final double TEXT = 15;
    static final double SMALL = 12;
    static final double CIRCLE = 42;
    private static final double BOX = 38;
    private static final double OUTPUT = 50;
    private static final double BESIDE = 15;
    private static final double NARROWEST = 62;
    private static final double GAP = 26;
    private static final double MARGIN = 14;
    private static final int TRIES = 40;

    Arrangement {
        boxes = List.copyOf(boxes);
        routes = List.copyOf(routes);
    }

    record Point(double x, double y) {
    }

    record Area(double x, double y, double width, double height) {
    }

    record Box(Diagram.Shape shape, Area area) {
    }

    /**
     * @param points from the top of what is read to the bottom of its reader, each straight above or beside the one before
     * @param forks where it leaves other edges from the same shape
     * @param labels none or one
     */
    record Route(Diagram.Edge edge, List<Point> points, List<Point> forks, List<Area> labels) {

        Route {
            points = List.copyOf(points);
            forks = List.copyOf(forks);
            labels = List.copyOf(labels);
        }
    }

    static Arrangement of(Diagram diagram) {
        var root = ElkGraphUtil.createGraph();
        configure(root);
        var nodes = new HashMap<String, ElkNode>();
        var outlets = new HashMap<String, ElkPort>();
        for (var shape : diagram.shapes()) {
            var node = ElkGraphUtil.createNode(root);
            node.setDimensions(width(shape), height(shape));
            node.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
            node.setProperty(LayeredOptions.PORT_LABELS_PLACEMENT,
                    EnumSet.of(PortLabelPlacement.OUTSIDE, PortLabelPlacement.SPACE_EFFICIENT));
            if (shape.kind() == Kind.INPUT) {
                node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
            } else if (shape.output()) {
                node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.LAST);
            }
            nodes.put(shape.id(), node);
            outlets.put(shape.id(), port(node, PortSide.NORTH));
        }
        var edges = new ArrayList<ElkEdge>();
        for (var edge : diagram.edges()) {
            var inlet = port(at(nodes, edge.to()), PortSide.SOUTH);
            if (!edge.label().isEmpty()) {
                ElkGraphUtil.createLabel(edge.label(), inlet)
                        .setDimensions(Math.ceil(Lettering.width(edge.label(), SMALL)) + 6, SMALL + 5);
            }
            edges.add(ElkGraphUtil.createSimpleEdge(at(outlets, edge.from()), inlet));
        }
        LayoutMetaDataService.getInstance(); // tells ELK how to copy values of its own options
        new LayeredLayoutProvider().layout(root, new NullElkProgressMonitor());
        var boxes = diagram.shapes().stream().map(shape -> new Box(shape, area(at(nodes, shape.id())))).toList();
        var routes = new ArrayList<Route>();
        for (int i = 0; i < edges.size(); i++) {
            routes.add(route(diagram.edges().get(i), edges.get(i)));
        }
        return new Arrangement(root.getWidth(), root.getHeight(), boxes, routes);
    }

    /**
     * The seed is fixed, so that a layer is drawn alike everywhere; parts that hang apart share the row of inputs; where it costs
     * no crossing, what is read first comes from the left.
     */
    private static void configure(ElkNode root) {
        root.setProperty(LayeredOptions.RANDOM_SEED, 1);
        root.setProperty(LayeredOptions.THOROUGHNESS, TRIES);
        root.setProperty(LayeredOptions.DIRECTION, Direction.UP);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, GAP);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, GAP / 2);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, GAP / 2);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, GAP / 2);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, GAP / 2);
        root.setProperty(LayeredOptions.SPACING_PORT_PORT, GAP);
        root.setProperty(LayeredOptions.SPACING_LABEL_PORT_HORIZONTAL, 6.0);
        root.setProperty(LayeredOptions.SPACING_LABEL_PORT_VERTICAL, 3.0);
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
    }

    private static <T> T at(Map<String, T> drawn, String id) {
        return Objects.requireNonNull(drawn.get(id), id);
    }

    private static ElkPort port(ElkNode node, PortSide side) {
        var port = ElkGraphUtil.createPort(node);
        port.setProperty(LayeredOptions.PORT_SIDE, side);
        return port;
    }

    private static double width(Diagram.Shape shape) {
        return shape.kind() == Kind.INPUT
                ? CIRCLE
                : Math.max(NARROWEST, Math.ceil(Lettering.width(shape.label(), TEXT)) + 2 * BESIDE);
    }

    private static double height(Diagram.Shape shape) {
        return shape.kind() == Kind.INPUT ? CIRCLE : shape.output() ? OUTPUT : BOX;
    }

    private static Area area(ElkNode node) {
        return new Area(node.getX(), node.getY(), node.getWidth(), node.getHeight());
    }

    private static Route route(Diagram.Edge edge, ElkEdge drawn) {
        var section = drawn.getSections().getFirst();
        var points = Stream.of(Stream.of(new Point(section.getStartX(), section.getStartY())),
                section.getBendPoints().stream().map(bend -> new Point(bend.getX(), bend.getY())),
                Stream.of(new Point(section.getEndX(), section.getEndY()))).flatMap(part -> part).toList();
        var forks = drawn.getProperty(LayeredOptions.JUNCTION_POINTS);
        return new Route(edge, points,
                forks == null ? List.of() : forks.stream().map(fork -> new Point(fork.x, fork.y)).toList(),
                labels((ElkPort) drawn.getTargets().getFirst()));
    }

    /** In ELK they stand where the port is, and the port where its node is. */
    private static List<Area> labels(ElkPort port) {
        double x = port.getX() + port.getParent().getX();
        double y = port.getY() + port.getParent().getY();
        return port.getLabels().stream().map(
                label -> new Area(x + label.getX(), y + label.getY(), label.getWidth(), label.getHeight())).toList();
    }
}
