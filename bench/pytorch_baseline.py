#!/usr/bin/env python3
"""Milliseconds of a training step in eager PyTorch, alone or side by side with `normforge bench training`.

The laptop preset's networks, layers, batch size and optimizer, written as one would in PyTorch: modules, NCHW, each graph
operation one tensor operation, torch.var for variances, torch.relu for the maximum with zero. One thread. Preparing images is
left out here and counted there.

    /usr/bin/python3 bench/pytorch_baseline.py [--steps 80] [--preset FILE]      # Debian: apt install python3-torch
    /usr/bin/python3 bench/pytorch_baseline.py --normforge ./normforge [--rounds 3]

With --normforge each network is trained in turns: half of PyTorch's steps, normforge's, the other half, round by round; the
ratio is the median over rounds. The numbers of trained parameters must agree.
"""
import argparse
import json
import math
import pathlib
import statistics
import subprocess
import sys
import time

import torch
from torch import nn
from torch.nn import functional

PRESETS = pathlib.Path(__file__).resolve().parent.parent / "schema/src/main/resources/presets"


class Slot(nn.Module):
    """A layer of the search space, then ·gamma + beta per channel."""

    uses_v0 = False

    def __init__(self, channels, groups, epsilon):
        super().__init__()
        self.groups = max(g for g in range(1, min(groups, channels) + 1) if channels % g == 0)
        self.epsilon = epsilon
        if self.uses_v0:
            self.v0 = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.v1 = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.gamma = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.beta = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def std(self, x, axes):
        return torch.sqrt(x.var(axes, unbiased=False, keepdim=True) + self.epsilon)

    def grouped(self, x):
        n, c, h, w = x.shape
        return x.view(n, self.groups, c // self.groups, h, w)

    def forward(self, x):
        return self.layer(x) * self.gamma + self.beta


class BnRelu(Slot):
    uses_v0 = True

    def layer(self, x):
        z = (x - x.mean((0, 2, 3), keepdim=True)) / self.std(x, (0, 2, 3))
        return torch.relu(self.v1 * z + self.v0)


class EvoNormS0(Slot):
    def layer(self, x):
        swish = x * torch.sigmoid(self.v1 * x)
        return (self.grouped(swish) / self.std(self.grouped(x), (2, 3, 4))).view_as(x)


class BenchTen(Slot):
    def layer(self, x):
        rms = torch.sqrt(x.square().mean((2, 3), keepdim=True) + self.epsilon)
        z = x / torch.maximum(self.std(x, (0, 2, 3)), rms)
        u = z * torch.sigmoid(self.v1 * z)
        return (self.grouped(u) - self.grouped(u).mean((2, 3, 4), keepdim=True)).view_as(x)


LAYERS = {"bn-relu": BnRelu, "evonorm-s0": EvoNormS0, "bench-ten": BenchTen}


def conv(inputs, outputs, kernel, stride=1, groups=1):
    made = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    nn.init.normal_(made.weight, std=math.sqrt(2 / (inputs // groups * kernel * kernel)))
    return made


class Bottleneck(nn.Module):
    """Pre-activation bottleneck; where the shape changes the shortcut projects the first activation."""

    def __init__(self, slot, inputs, inner, outputs, kernel, stride):
        super().__init__()
        self.first = slot(inputs)
        self.body = nn.Sequential(conv(inputs, inner, 1), slot(inner), conv(inner, inner, kernel, stride), slot(inner),
                                  conv(inner, outputs, 1))
        self.projection = conv(inputs, outputs, 1, stride) if inputs != outputs or stride > 1 else None

    def forward(self, x):
        activated = self.first(x)
        return self.body(activated) + (x if self.projection is None else self.projection(activated))


class Affine(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.beta = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        return x * self.gamma + self.beta


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, reduced):
        super().__init__()
        self.squeeze = nn.Linear(channels, reduced)
        self.excite = nn.Linear(reduced, channels)

    def forward(self, x):
        gate = torch.sigmoid(self.excite(functional.silu(self.squeeze(x.mean((2, 3))))))
        return x * gate[:, :, None, None]


class InvertedResidual(nn.Module):
    def __init__(self, slot, inputs, outputs, expansion, kernel, stride, squeeze):
        super().__init__()
        inner = inputs * expansion
        parts = [conv(inputs, inner, 1), slot(inner)] if expansion > 1 else []
        parts += [conv(inner, inner, kernel, stride, inner), slot(inner)]
        parts += [SqueezeExcitation(inner, max(1, inputs // 4))] if squeeze else []
        self.body = nn.Sequential(*parts, conv(inner, outputs, 1), Affine(outputs))
        self.residual = inputs == outputs and stride == 1

    def forward(self, x):
        y = self.body(x)
        return y + x if self.residual else y


class GlobalMean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def network(spec, slot):
    def scaled(channels):
        return max(4, math.floor(channels * spec["width"] + 0.5))

    channels = scaled(spec["stem"])
    parts = [conv(3, channels, 3, spec["stemStride"])]
    resnet = spec["family"] == "RESNET"
    if not resnet:
        parts.append(slot(channels))
    for stage in spec["stages"]:
        for block in range(math.ceil(stage["blocks"] * spec["depth"] - 1e-9)):
            stride = stage["stride"] if block == 0 else 1
            width = scaled(stage["channels"])
            if resnet:
                outputs = width * stage["expansion"]
                parts.append(Bottleneck(slot, channels, width, outputs, stage["kernel"], stride))
            else:
                outputs = width
                parts.append(InvertedResidual(slot, channels, outputs, stage["expansion"], stage["kernel"], stride,
                                              spec["family"] == "EFFICIENTNET"))
            channels = outputs
    if spec["head"]:
        parts.append(conv(channels, spec["head"], 1))
        channels = spec["head"]
    if resnet or spec["head"]:
        parts.append(slot(channels))
    return nn.Sequential(*parts, GlobalMean(), nn.Linear(channels, 10))


class Training:
    """The same network step after step; images are noise, which takes as long."""

    def __init__(self, proxy, anchor, layer):
        numerics = proxy["numerics"]
        training = proxy["training"]
        side = proxy["data"]["crop"]
        torch.manual_seed(1)
        self.model = network(anchor, lambda channels: layer(channels, numerics["groups"], numerics["epsilon"]))
        self.parameters = sum(parameter.numel() for parameter in self.model.parameters())
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=training["learningRate"] / 10,
                                         momentum=training["momentum"], nesterov=True)
        self.batches = [(torch.randn(training["batch"], 3, side, side), torch.randint(10, (training["batch"],)))
                        for _ in range(8)]

    def step(self, number):
        images, labels = self.batches[number % len(self.batches)]
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.model(images), labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def millis(self, steps):
        taken = []
        for number in range(steps):
            before = time.perf_counter()
            self.step(number)
            taken.append(1000 * (time.perf_counter() - before))
        return taken


def normforge_row(program, chosen, anchor, layer, seed):
    command = [program, "bench", "training", "--json", "--anchor", anchor, "--layer", layer, "--seeds", "1",
               "--seed", str(seed), "--steps", str(chosen.steps)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with exit code {done.returncode}")
    return json.loads(done.stdout)[0]


def side_by_side(chosen, anchor, name, training):
    """One network: medians over the rounds."""
    rounds = []
    for seed in range(1, chosen.rounds + 1):
        first = training.millis(chosen.steps // 2)
        row = normforge_row(chosen.normforge, chosen, anchor, name, seed)
        if row["parameters"] != training.parameters:
            sys.exit(f"{anchor} with {name}: {training.parameters} parameters here, {row['parameters']} there")
        pytorch = statistics.median(first + training.millis(chosen.steps - len(first)))
        rounds.append((pytorch, row["naiveMillis"], row["millis"]))
    pytorch, naive, millis = (statistics.median(column) for column in zip(*rounds))
    return {"anchor": anchor, "layer": name, "parameters": training.parameters, "pytorchMillis": round(pytorch, 3),
            "naiveMillis": round(naive, 3), "millis": round(millis, 3),
            "naiveRatio": round(statistics.median(n / m for _, n, m in rounds), 3),
            "pytorchRatio": round(statistics.median(p / m for p, _, m in rounds), 3)}


def tell(row):
    print(f"{row['anchor']:<14}{row['layer']:<12}{row['pytorchMillis']:>11.2f}{row['naiveMillis']:>10.2f}"
          f"{row['millis']:>10.2f}{row['pytorchRatio']:>15.2f}{row['naiveRatio']:>12.2f}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--steps", type=int, default=80)
    options.add_argument("--preset", default=str(PRESETS / "laptop.json"))
    options.add_argument("--normforge", metavar="PROGRAM", help="compare with this program, laptop preset")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    with open(chosen.preset) as file:
        proxy = json.load(file)["proxy"]
    rows = []
    if chosen.normforge and not chosen.json:
        print(f"{'anchor':<14}{'layer':<12}{'PyTorch ms':>11}{'naive ms':>10}{'here ms':>10}{'PyTorch / here':>15}"
              f"{'naive / here':>13}", flush=True)
    for anchor in proxy["anchors"]:
        for name, layer in LAYERS.items():
            training = Training(proxy, anchor, layer)
            training.millis(5)
            if chosen.normforge:
                rows.append(side_by_side(chosen, anchor["name"], name, training))
                if not chosen.json:
                    tell(rows[-1])
            else:
                millis = statistics.median(training.millis(chosen.steps))
                rows.append({"anchor": anchor["name"], "layer": name, "parameters": training.parameters,
                             "millis": round(millis, 3)})
    if not chosen.normforge or chosen.json:
        print(json.dumps({"torch": torch.__version__, "rows": rows}, indent=1))
    else:
        ratios = [row["pytorchRatio"] for row in rows]
        print(f"PyTorch {torch.__version__} / here: median {statistics.median(ratios):.2f}, worst {min(ratios):.2f}")


if __name__ == "__main__":
    main()
