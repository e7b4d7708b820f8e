"""EvoNorm-B0 and S0 written from the paper's formulas (arXiv 2004.02967), against the exported modules in a folder."""

import importlib.util
import pathlib
import sys

import torch


def load(name):
    spec = importlib.util.spec_from_file_location(name, pathlib.Path(sys.argv[1]) / name / "layer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.exported


def b0(x, v, gamma, beta, variance, eps):
    if variance is None:
        variance = ((x - x.mean((0, 2, 3), keepdim=True)) ** 2).mean((0, 2, 3), keepdim=True)
    n, c = x.shape[:2]
    flat = x.reshape(n, c, -1)
    instance = ((flat - flat.mean(2, keepdim=True)) ** 2).mean(2).view(n, c, 1, 1)
    return x / torch.maximum((variance + eps) ** 0.5, v * x + (instance + eps) ** 0.5) * gamma + beta


def s0(x, v, gamma, beta, groups, eps):
    n, c, h, w = x.shape
    parts = torch.stack([x[:, i:i + c // groups] for i in range(0, c, c // groups)], 1)
    centred = parts - parts.mean((2, 3, 4), keepdim=True)
    deviation = ((centred ** 2).mean((2, 3, 4), keepdim=True) + eps) ** 0.5
    swish = x * torch.sigmoid(v * x)
    return (swish.reshape(parts.shape) / deviation).reshape(x.shape) * gamma + beta


def check(what, layer, formula):
    for vector in layer.parameters():
        torch.nn.init.normal_(vector)
    for training in (True, False):
        layer.train(training)
        x = torch.randn(3, 64, 5, 7, dtype=torch.float64, requires_grad=True)
        upstream = torch.randn_like(x)
        inputs = [x, *layer.parameters()]
        expected = formula(x, *(vector.view(1, -1, 1, 1) for vector in (layer.v, layer.weight, layer.bias)), training)
        actual = layer(x)
        pairs = zip([actual, *torch.autograd.grad(actual, inputs, upstream)],
                    [expected, *torch.autograd.grad(expected, inputs, upstream)])
        worst = max(((a - e).norm() / e.norm()).item() for a, e in pairs)
        print(f"{what}, {'training' if training else 'evaluation'}: {worst:.1e}")
        assert worst < 1e-10, what


torch.manual_seed(1)
batch = load("evonorm-b0")(64, eps=1e-3, dtype=torch.float64)
check("evonorm-b0", batch, lambda x, v, g, b, training: b0(
    x, v, g, b, None if training else batch.running_var.view(1, -1, 1, 1), 1e-3))
group = load("evonorm-s0")(64, groups=32, eps=1e-5, dtype=torch.float64)
check("evonorm-s0", group, lambda x, v, g, b, training: s0(x, v, g, b, 32, 1e-5))
print("agree")
