package dev.normforge.graph;

import java.util.HexFormat;

/** SHA-256 of a phenotype's canonical terms and numerics, as 64 hexadecimal digits; comparable within one simplifier version. */
public record PhenotypeHash(String hex) {

    public static PhenotypeHash of(Phenotype phenotype, Numerics numerics) {
        throw new UnsupportedOperationException("not yet " + phenotype + numerics);
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
