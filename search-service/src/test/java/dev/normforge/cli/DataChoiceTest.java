package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.Presets;
import org.junit.jupiter.api.Test;

/** A search must never run on stand-in images without saying so, nor when real ones were asked for. */
class DataChoiceTest {

    private static final SearchOptions.Request DEFAULT = new SearchOptions.Request(Presets.read("laptop"), false);
    private static final SearchOptions.Request NAMED = new SearchOptions.Request(Presets.read("laptop"), true);
    private static final String NONE = "{\"data\":\"cifar10\",\"available\":false,\"reason\":\"no network\"}";

    @Test
    void realImagesAreUsedWhereTheyAre() {
        var choice = DataSet.choose(DEFAULT, DataSet.read("{\"available\":true,\"folder\":\"/data\"}"));

        assertThat(choice.spec()).isEqualTo(DEFAULT.spec());
        assertThat(choice.note()).isEqualTo("data: CIFAR-10 in /data");
    }

    @Test
    void withoutThemTheDefaultSearchSaysItIsSynthetic() {
        var choice = DataSet.choose(DEFAULT, DataSet.read(NONE));

        assertThat(choice.spec().proxy().data().name()).isEqualTo("synthetic");
        assertThat(choice.note()).contains("no network", "synthetic").doesNotContain("\n");
    }

    @Test
    void withoutThemASearchThatNamesThemFails() {
        assertThatThrownBy(() -> DataSet.choose(NAMED, DataSet.read(NONE))).isInstanceOf(UserError.class)
                .hasMessageContaining("data is cifar10, expected").hasMessageContaining("no network");
    }
}
