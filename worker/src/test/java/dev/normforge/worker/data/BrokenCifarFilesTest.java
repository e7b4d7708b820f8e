package dev.normforge.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A half-copied or mislabelled data set must be refused by name, not trained on. */
class BrokenCifarFilesTest {

    private static final int RECORD = 3073;
    private static final DataSpec SPEC = new DataSpec("cifar10", 16, 16, true, 10_000, 500, 500);

    @TempDir
    private Path parent;
    private Path folder;

    @BeforeEach
    void aFolderOfBlackAirplanes() throws IOException {
        folder = Files.createDirectories(parent.resolve("cifar-10-batches-bin"));
        for (var name : Cifar10.files()) {
            try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                file.setLength(10_000L * RECORD);
            }
        }
    }

    @Test
    void theParentOfAFolderOfAnyNameWillDo() throws Exception {
        var renamed = Files.move(folder, parent.resolve("images"));
        Files.createDirectories(parent.resolve("another"));
        assertThat(Cifar10.in(parent).folder()).isEqualTo(renamed);
    }

    @Test
    void folderAndParentAreBothUnderstood() throws IOException {
        assertThat(Cifar10.in(folder).folder()).isEqualTo(folder);
        assertThat(Cifar10.in(parent).folder()).isEqualTo(folder);
        assertThat(Cifar10.in(parent).load(SPEC, true, () -> {
        }).images().count()).isEqualTo(21_000);
    }

    @Test
    void aTruncatedFileIsNamedWithBothSizes() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("data_batch_3.bin").toFile(), "rw")) {
            file.setLength(1_000_000);
        }
        assertThatThrownBy(() -> Cifar10.in(parent)).isInstanceOf(NoImagesException.class)
                .hasMessage(folder.resolve("data_batch_3.bin") + " has 1000000 bytes, expected 30730000");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("test_batch.bin"));
        assertThatThrownBy(() -> Cifar10.in(parent)).isInstanceOf(NoImagesException.class)
                .hasMessage(folder.resolve("test_batch.bin") + " is missing, expected a file of 30730000 bytes");
    }

    @Test
    void aWrongLabelIsNamedWithItsRecord() throws IOException {
        write("test_batch.bin", 9_999L * RECORD, 255);
        assertThatThrownBy(() -> Cifar10.in(parent)).isInstanceOf(NoImagesException.class)
                .hasMessage(folder.resolve("test_batch.bin")
                        + ", record 9999 (byte 30726927): label is 255, expected 0 to 9");
        write("data_batch_2.bin", 7L * RECORD, 10);
        assertThatThrownBy(() -> Cifar10.in(parent)).isInstanceOf(NoImagesException.class)
                .hasMessage(folder.resolve("data_batch_2.bin")
                        + ", record 7 (byte 21511): label is 10, expected 0 to 9");
    }

    @Test
    void aLabelThatIsSpoiledAfterTheCheckIsStillNamed() throws IOException {
        var cifar = Cifar10.in(parent);
        write("data_batch_5.bin", 5_003L * RECORD, 10);
        assertThatThrownBy(() -> cifar.load(SPEC, false, () -> {
        })).isInstanceOf(NoImagesException.class)
                .hasMessage(folder.resolve("data_batch_5.bin")
                        + ", record 5003 (byte 15374219): label is 10, expected 0 to 9");
    }

    @Test
    void heldOutImagesAreTheSameHoweverManyAreTrainedOn() throws IOException {
        var marks = Map.of(0, 1, 39_999, 2, 40_000, 3, 40_499, 4, 44_999, 5, 45_000, 6, 45_499, 7);
        for (var mark : marks.entrySet()) {
            write("data_batch_" + (mark.getKey() / 10_000 + 1) + ".bin", mark.getKey() % 10_000L * RECORD,
                    mark.getValue());
        }
        for (int train : new int[]{300, 10_001, 40_000}) {
            var loaded = Cifar10.in(parent).load(new DataSpec("cifar10", 16, 16, true, train, 500, 500), false, () -> {
            });
            assertThat(ends(loaded.images(), new Images.Range(0, train))).containsExactly(1, train == 40_000 ? 2 : 0);
            assertThat(ends(loaded.images(), loaded.scored(ScoredOn.SEARCH))).containsExactly(3, 4);
            assertThat(ends(loaded.images(), loaded.scored(ScoredOn.CONFIRM))).containsExactly(6, 7);
        }
        var whole = Cifar10.in(parent).load(new DataSpec("cifar10", 16, 16, true, 1, 5_000, 5_000), false, () -> {
        });
        assertThat(ends(whole.images(), whole.scored(ScoredOn.SEARCH))).containsExactly(3, 5);
        assertThat(ends(whole.images(), whole.scored(ScoredOn.CONFIRM_AND_TEST))).containsExactly(6, 0);
    }

    private static int[] ends(Images images, Images.Range range) {
        return new int[]{images.label(range.from()), images.label(range.from() + range.count() - 1)};
    }

    private void write(String name, long at, int value) throws IOException {
        try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.seek(at);
            file.write(value);
        }
    }

    @Test
    void aFolderWithoutTheSetIsRefusedByTheVariablesName() {
        var library = new ImageLibrary(Map.of("CIFAR10_DIR", "/nowhere"), note -> {
        });
        assertThatThrownBy(library::cifar10).isInstanceOf(NoImagesException.class)
                .hasMessageContaining("CIFAR10_DIR is /nowhere, expected the folder that holds data_batch_1.bin");
    }

    @Test
    void blocksOfFourPixelsAreAveragedAndPlanesInterleaved() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("data_batch_1.bin").toFile(), "rw")) {
            file.write(new byte[]{4, 10, 20});
            file.seek(1 + 32);
            file.write(new byte[]{30, (byte) 200}); // second row of the red plane: the block is 10, 20, 30, 200
            file.seek(1 + 1024 + 2);
            file.write(new byte[]{(byte) 255, 0}); // green, second block: 255, 0, 0, 0
        }
        var loaded = Cifar10.in(parent).load(SPEC, false, () -> {
        });
        var picture = new float[16 * 16 * 3];
        var black = new float[16 * 16 * 3];
        loaded.images().write(0, 0, 0, 16, false, picture, 0);
        loaded.images().write(1, 0, 0, 16, false, black, 0);
        assertThat(loaded.images().label(0)).isEqualTo(4);
        float redUnit = picture[0] - black[0];
        float greenUnit = picture[4] - black[4];
        assertThat(redUnit).isPositive();
        assertThat(greenUnit).isPositive();
        assertThat(picture[1]).isEqualTo(black[1]);
        assertThat(picture[3]).isEqualTo(black[3]);
        var mirrored = new float[16 * 16 * 3];
        loaded.images().write(0, 0, 0, 16, true, mirrored, 0);
        assertThat(mirrored[15 * 3]).isEqualTo(picture[0]);
        assertThat(loaded.scored(ScoredOn.SEARCH)).isEqualTo(new Images.Range(10_000, 500));
        assertThat(loaded.scored(ScoredOn.CONFIRM)).isEqualTo(new Images.Range(10_500, 500));
        assertThatThrownBy(loaded::test).isInstanceOf(IllegalStateException.class);
    }
}
