package dev.normforge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The network of the README as it stands there, trained for a moment in PyTorch to tell two classes apart that differ in the mean
 * of their first channel.
 *
 * @param readme the README
 * @param optimizer of {@code net.parameters()}
 * @param steps of the training
 * @param inEvaluation whether both losses are of a network in evaluation, its running statistics settled first
 */
public record ReadersNetwork(Path readme, String optimizer, int steps, boolean inEvaluation) {

    private static final Pattern EXAMPLE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    private static final String TRAINING = """

            torch.set_num_threads(1)
            torch.manual_seed(1)
            label = torch.arange(64) %% 2
            x = torch.randn(64, 3, 8, 8)
            x[:, 0] += label.view(-1, 1, 1).float()
            for _ in range(%d):
                net(x)  # running statistics settle
            loss = lambda: nn.functional.cross_entropy(net(x), label)
            before = loss().item()
            steps = torch.optim.%s
            for _ in range(%d):
                steps.zero_grad()
                loss().backward()
                steps.step()
            net.train(%s)
            print("before", before, "after", loss().item())
            """;

    /** Of the same images. */
    public record Losses(double before, double after) {
    }

    /**
     * Trains it with the layer that lies in a folder as {@code layer.py}.
     *
     * @throws AssertionError with what Python printed, where it did not end well
     */
    public Losses train(Program python, Path folder) throws IOException {
        var example = EXAMPLE.matcher(Files.readString(readme));
        if (!example.find()) {
            throw new AssertionError(readme + " has no example in Python");
        }
        Files.writeString(folder.resolve("train.py"), example.group(1)
                + TRAINING.formatted(inEvaluation ? 3 : 0, optimizer, steps, inEvaluation ? "False" : "True"));
        var ended = python.run(folder, "train.py");
        if (ended.exit() != 0) {
            throw new AssertionError(ended.output());
        }
        var words = ended.output().strip().split(" ");
        return new Losses(Double.parseDouble(words[1]), Double.parseDouble(words[3]));
    }
}
