package dev.normforge.worker;

import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.data.NoImagesException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Which images a command without a database trains on. */
final class ImageChoice {

    private ImageChoice() {
    }

    /**
     * The same task on images that are there: CIFAR-10 or, where nobody insists on it and it cannot be had, the built-in set.
     *
     * @param insisted what the user named; null where the preset decides
     * @throws NoImagesException where the user named CIFAR-10, or a folder that does not hold it
     */
    static ProxySpec available(ProxySpec proxy, DataCommand.@Nullable DataName insisted, ImageLibrary library,
            PrintWriter err) throws NoImagesException {
        var wanted = proxy.data().named(insisted == null ? proxy.data().name() : insisted.name());
        try {
            library.load(wanted, false);
            return proxy.withData(wanted);
        } catch (NoImagesException missing) {
            if (insisted != null || library.folderIsNamed()) {
                throw missing;
            }
            err.println("CIFAR-10 cannot be had (%s): training on the synthetic set".formatted(missing.getMessage()));
            return proxy.withData(wanted.named("synthetic"));
        }
    }
}
