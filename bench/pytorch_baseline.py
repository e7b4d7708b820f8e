#!/usr/bin/env python3
"""Median milliseconds of a training step in eager PyTorch: the yardstick beside `normforge bench training`.

The laptop preset's networks, layers, batch size and optimizer, written as one would in PyTorch: modules, NCHW, each graph
operation one tensor operation, torch.var for variances, torch.relu for the maximum with zero. One thread. Reading images is
left out here and counted there.

    /usr/bin/python3 bench/pytorch_baseline.py [--steps 80] [--preset FILE]      # Debian: apt install python3-torch
"""
import argparse
import json
import math
import pathlib
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

PRESETS = pathlib.Path(__file__).resolve().parent.parent / "schema/src/main/resources/presets"


class Slot(nn.Module):
    """A layer of the search space, then ·gamma + beta per channel."""

    def __init__(self, channels, groups, epsilon):
        super().__init__()
        self.groups = max(g for g in range(1, min(groups, channels) + 1) if channels % g == 0)
        self.epsilon = epsilon
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


def step_millis(model, training, side, steps):
    torch.manual_seed(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=training["learningRate"] / 10, momentum=training["momentum"],
                                nesterov=True)
    batches = [(torch.randn(training["batch"], 3, side, side), torch.randint(10, (training["batch"],)))
               for _ in range(8)]
    millis = []
    for step in range(steps):
        images, labels = batches[step % len(batches)]
        before = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        millis.append(1000 * (time.perf_counter() - before))
    return statistics.median(millis)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--steps", type=int, default=80)
    options.add_argument("--preset", default=str(PRESETS / "laptop.json"))
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    with open(chosen.preset) as file:
        proxy = json.load(file)["proxy"]
    numerics = proxy["numerics"]
    rows = []
    for anchor in proxy["anchors"]:
        for name, layer in LAYERS.items():
            model = network(anchor, lambda c: layer(c, numerics["groups"], numerics["epsilon"]))
            millis = step_millis(model, proxy["training"], proxy["data"]["crop"], chosen.steps)
            rows.append({"anchor": anchor["name"], "layer": name, "millis": round(millis, 3)})
    print(json.dumps({"torch": torch.__version__, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
