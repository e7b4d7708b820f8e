package dev.normforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.AnchorSpec.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards against a value of an anchor that its family has no use for, and against networks that no search may train on. */
class AnchorsIgnoreWhatTheyAreToldTest {

    private static final Stage FIRST = new Stage(1, 64, 1, 1, 3);
    private static final Stage LATER = new Stage(1, 128, 2, 2, 3);

    @Test
    void everyTransferAnchorReadsAndNamesItself() {
        assertThat(TransferAnchors.names()).containsExactly("vgg", "densenet", "resnet-deep", "unet-denoise",
                "unet-double");
        for (var name : TransferAnchors.names()) {
            var spec = TransferAnchors.read(name);
            assertThat(spec.name()).isEqualTo(name);
            assertThat(ProtocolJson.read(ProtocolJson.write(spec), AnchorSpec.class)).isEqualTo(spec);
        }
        assertThat(TransferAnchors.names().stream().map(name -> TransferAnchors.read(name).family()))
                .containsExactly(Family.PLAIN, Family.DENSE, Family.RESNET, Family.DENOISING_UNET,
                        Family.DOUBLING_UNET);
    }

    @Test
    void theResidualNetworkIsDeeperAndWiderThanThoseOfSearches() {
        var deep = TransferAnchors.read("resnet-deep");
        for (var preset : Presets.names()) {
            for (var anchor : Presets.read(preset).proxy().anchors()) {
                assertThat(anchor.stages()).isNotEqualTo(deep.stages());
                assertThat(anchor.width()).isNotEqualTo(deep.width());
            }
        }
    }

    @Test
    void anUnknownTransferAnchorIsRefusedByName() {
        assertThatThrownBy(() -> TransferAnchors.read("../vgg")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "anchor is \"../vgg\", expected one of vgg, densenet, resnet-deep, unet-denoise, unet-double");
    }

    @Test
    void valuesThatAFamilyIgnoresAreRefused() {
        refuses(Family.PLAIN, 2, 0, List.of(FIRST, new Stage(4, 64, 1, 2, 3)),
                "anchor.stages[1].expansion is 4, expected 1: blocks of PLAIN have no inner channels");
        refuses(Family.DENSE, 2, 64, List.of(FIRST),
                "anchor.head is 64, expected 0: DENSE ends with a layer over all that it has gathered");
        refuses(Family.DENSE, 2, 0, List.of(LATER),
                "anchor.stages[0].stride is 2, expected 1: DENSE halves its maps between stages, and nothing stands before"
                        + " the first");
        refuses(Family.DENOISING_UNET, 1, 0, List.of(new Stage(2, 64, 1, 1, 3)),
                "anchor.stages[0].expansion is 2, expected 1: blocks of DENOISING_UNET have no inner channels");
        refuses(Family.DOUBLING_UNET, 1, 0, List.of(FIRST, FIRST),
                "anchor.stages[1].stride is 1, expected 1 in the first"
                        + " stage of DOUBLING_UNET and 2 in the others: each is a level of its own");
        refuses(Family.DENOISING_UNET, 1, 0, List.of(LATER),
                "anchor.stages[0].stride is 2, expected 1 in the first stage"
                        + " of DENOISING_UNET and 2 in the others: each is a level of its own");
        refuses(Family.DOUBLING_UNET, 2, 0, List.of(FIRST),
                "anchor.stemStride is 2, expected 1: DOUBLING_UNET puts out images as large as those that come in");
        refuses(Family.DENOISING_UNET, 1, 32, List.of(FIRST),
                "anchor.head is 32, expected 0: DENOISING_UNET puts out images");
        assertThat(new AnchorSpec("a", Family.PLAIN, 1, 1, 2, 64, 32, List.of(LATER, LATER)).stages()).hasSize(2);
    }

    private static void refuses(Family family, int stemStride, int head, List<Stage> stages, String message) {
        assertThatThrownBy(() -> new AnchorSpec("a", family, 1, 1, stemStride, 64, head, stages))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void noSearchTrainsOnATransferAnchorOfAnotherFamily() {
        var smoke = ProtocolJson.write(Presets.read("smoke"));
        var resnet = "\"family\": \"RESNET\"";
        assertThat(smoke).contains(resnet);
        var plain = smoke.replace(resnet, "\"family\": \"PLAIN\"").replace("\"expansion\": 4", "\"expansion\": 1");
        assertThatThrownBy(() -> ProtocolJson.read(plain, SearchSpec.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("proxy.anchors.family is PLAIN, expected RESNET, MOBILENET_V2 or EFFICIENTNET:"
                        + " the others are for comparisons alone");
    }

    @Test
    void aSearchMayStandardizeWeights() {
        var smoke = ProtocolJson.write(Presets.read("smoke"));
        var variant = "\"weightStandardization\": {\"epsilon\": 1e-5, \"insideRoot\": false, \"unbiased\": true}";
        var none = "\"weightStandardization\": null";
        assertThat(smoke).contains(none);
        var search = ProtocolJson.read(smoke.replace(none, variant), SearchSpec.class);
        assertThat(search.proxy().weightStandardization()).isEqualTo(WeightStandardization.find("ws").orElseThrow());
    }

    @Test
    void depthwiseFiltersOfOneWeightCannotBeStandardized() {
        var proxy = Presets.read("smoke").proxy();
        var depthwise = new AnchorSpec("tiny", Family.MOBILENET_V2, 1, 1, 1, 16, 0, List.of(new Stage(1, 16, 1, 1, 1)));
        assertThatThrownBy(() -> proxy.withAnchors(List.of(depthwise))
                .withWeightStandardization(WeightStandardization.find("timm").orElseThrow()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("proxy.weightStandardization is WeightStandardization[")
                .hasMessageEndingWith(
                        "expected null, since depthwise filters of 1×1 in tiny have one weight each, which"
                                + " has no deviation");
    }
}
