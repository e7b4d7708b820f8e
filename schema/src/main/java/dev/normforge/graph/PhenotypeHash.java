package dev.normforge.graph;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a phenotype's canonical terms and numerics, as 64 hexadecimal digits; comparable within one simplifier version. */
public record PhenotypeHash(String hex) {

    private static final int DIGITS = 64;
    private static final int MOST_BYTES_A_TERM = 9;
    private static final byte CONSTANT = 0x7f;
    private static final byte FIRST_SOURCE = 0x70;

    public PhenotypeHash {
        if (hex.length() != DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("phenotype hash is %s, expected 64 hexadecimal digits".formatted(hex));
        }
    }

    public static PhenotypeHash of(Phenotype phenotype, Numerics numerics) {
        var bytes = ByteBuffer.allocate(Integer.BYTES + Double.BYTES + MOST_BYTES_A_TERM * phenotype.terms().size());
        bytes.putInt(numerics.groups()).putDouble(numerics.epsilon());
        for (var term : phenotype.terms()) {
            switch (term) {
                case Term.Input(var source) -> bytes.put((byte) (FIRST_SOURCE + source.ordinal()));
                case Term.Constant(var value) -> bytes.put(CONSTANT).putDouble(value);
                case Term.Apply(var op, var inputs, var _) -> {
                    bytes.put((byte) op.code());
                    inputs.forEach(input -> bytes.putShort(input.shortValue()));
                }
            }
        }
        bytes.flip();
        var sha256 = sha256();
        sha256.update(bytes);
        return new PhenotypeHash(HexFormat.of().formatHex(sha256.digest()));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
