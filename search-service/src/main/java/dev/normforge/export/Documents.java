package dev.normforge.export;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import dev.normforge.graph.Term;

/** A layer's formula as documents: simplified, without unused nodes, shared parts under letters. */
final class Documents {

    private Documents() {
    }

    /** {@code layer.tex}: a whole document; what one copies stands between {@code align*}. */
    static String latex(ModuleName name, Layer layer) {
        var phenotype = phenotype(layer);
        return """
                %% %s: a normalization-activation layer, written by NormForge.
                \\documentclass{article}
                \\usepackage{amsmath}
                \\begin{document}
                %s
                %s\\end{document}
                """.formatted(name.text(), aligned("align*", phenotype), signs(phenotype));
    }

    /** For a page that sets mathematics itself. */
    static String formula(Phenotype phenotype) {
        return aligned("aligned", phenotype);
    }

    private static String aligned(String environment, Phenotype phenotype) {
        var formula = Written.of(phenotype, new LatexNotation());
        var lines = new StringBuilder("y &= %s \\cdot \\gamma + \\beta".formatted(formula.factor()));
        for (var definition : formula.definitions()) {
            lines.append(" \\\\\n%s &= %s".formatted(definition.name(), definition.text()));
        }
        return "\\begin{%s}\n%s\n\\end{%1$s}".formatted(environment, lines);
    }

    /** What two of the space's operations mean, where the formula has them. */
    private static String signs(Phenotype phenotype) {
        return (uses(phenotype, Elementwise.LOG)
                ? "Here $\\log(a)$ is $\\operatorname{sign}(a) \\log(|a| + \\epsilon)$.\n"
                : "")
                + (uses(phenotype, Elementwise.SQRT)
                        ? "Here $\\operatorname{sqrt}(a)$ is $\\operatorname{sign}(a) \\sqrt{|a| + \\epsilon}$.\n"
                        : "");
    }

    /** {@code layer.mathml}: one {@code math} element. */
    static String mathMl(Layer layer) {
        var phenotype = phenotype(layer);
        var formula = Written.of(phenotype, new MathMlNotation());
        var notation = new MathMlNotation();
        var rows = new StringBuilder(line("<mi>y</mi>",
                notation.sum(notation.product(formula.factor(), "<mi>γ</mi>"), "<mi>β</mi>")));
        formula.definitions().forEach(definition -> rows.append(line(definition.name(), definition.text())));
        return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mtable columnalign=\"right center left\">\n"
                + rows + "</mtable></math>\n";
    }

    private static String line(String left, String right) {
        return "<mtr><mtd>%s</mtd><mtd><mo>=</mo></mtd><mtd><mrow displaystyle=\"true\">%s</mrow></mtd></mtr>\n"
                .formatted(left, right);
    }

    private static Phenotype phenotype(Layer layer) {
        return new Simplifier(layer.numerics()).simplify(layer.graph());
    }

    private static boolean uses(Phenotype phenotype, Elementwise op) {
        return phenotype.terms().stream().anyMatch(term -> term instanceof Term.Apply apply && apply.op() == op);
    }
}
