"""Checks every exported module below a folder; prints a line for each disagreement, then how many modules agree in each way."""

import importlib.util
import json
import math
import pathlib
import sys

import torch

DOUBLE, SINGLE = 1e-8, 1e-4
failures, done = [], {"double": 0, "single": 0, "state": 0, "affine": 0, "half": 0}


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "layer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(module, fixture, **more):
    names = {"num_features", "groups", "eps", "momentum"}
    return module.exported(**{name: fixture[name] for name in names}, **more)


def filled(layer, fixture, dtype):
    layer.load_state_dict({k: torch.tensor(v, dtype=dtype) for k, v in fixture["parameters"].items()}, strict=False)
    return layer


def tensor(values, fixture, dtype):
    return torch.tensor(values, dtype=dtype).view(fixture["shape"])


def distance(actual, expected):
    return (torch.linalg.vector_norm(actual.double() - expected) / torch.linalg.vector_norm(expected).clamp_min(1e-300)).item()


def single(module, fixture):
    layer = filled(make(module, fixture), fixture, torch.float32)
    worst = 0
    for step in [*fixture["training"], fixture["evaluation"]]:
        layer.train(step is not fixture["evaluation"])
        x = tensor(step["x"], fixture, torch.float32).requires_grad_()
        y = layer(x)
        y.backward(tensor(step["upstream"], fixture, torch.float32))
        worst = max(worst, distance(y.detach(), tensor(step["y"], fixture, torch.float64)),
                    distance(x.grad, tensor(step["gradients"]["x"], fixture, torch.float64)))
    return worst


def state(module, fixture):
    one = filled(make(module, fixture, dtype=torch.float64), fixture, torch.float64)
    one(tensor(fixture["training"][0]["x"], fixture, torch.float64))
    other = make(module, fixture, dtype=torch.float64)
    other.load_state_dict(one.state_dict())
    x = tensor(fixture["evaluation"]["x"], fixture, torch.float64)
    return torch.equal(one.eval()(x), other.eval()(x))


def affine(module, fixture):
    layer = make(module, fixture, apply_act=False, dtype=torch.float64)
    if sorted(layer.state_dict()) != ["bias", "weight"]:
        return False
    filled_ = {k: torch.tensor(fixture["parameters"][k], dtype=torch.float64) for k in ("weight", "bias")}
    layer.load_state_dict(filled_)
    x = tensor(fixture["training"][0]["x"], fixture, torch.float64)
    weight, bias = (filled_[k].view(1, -1, 1, 1) for k in ("weight", "bias"))
    return torch.equal(layer(x), x * weight + bias)


def half(module, fixture):
    layer = make(module, fixture)
    for dtype in (torch.float16, torch.bfloat16):
        x = tensor(fixture["training"][0]["x"], fixture, dtype)
        if layer(x).dtype != dtype or layer.eval()(x).dtype != dtype or layer.weight.dtype != torch.float32:
            return False
        layer.train()
    x = tensor(fixture["training"][0]["x"], fixture, torch.float32)
    filters = torch.eye(x.shape[1]).view(x.shape[1], x.shape[1], 1, 1)
    with torch.autocast("cpu", dtype=torch.bfloat16):  # the convolution gives bfloat16
        return layer(torch.nn.functional.conv2d(x, filters)).dtype == torch.bfloat16


for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    fixture = json.loads((folder / "fixture.json").read_text())
    module = load(folder)
    for what, far in module.self_check(fixture).items():
        if not far < DOUBLE:
            failures.append(f"{folder.name}: double, {what}: {far}")
    done["double"] += 1
    if (folder / "steady").exists():
        far = single(module, fixture)
        if not far < SINGLE:
            failures.append(f"{folder.name}: single: {far}")
        done["single"] += 1
    for name, check in (("state", state), ("affine", affine), ("half", half)):
        if not check(module, fixture):
            failures.append(f"{folder.name}: {name}")
        done[name] += 1

print("\n".join(failures))
print(json.dumps(done))
sys.exit(1 if failures else 0)
