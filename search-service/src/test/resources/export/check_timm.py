"""Builds timm's models around every exported layer below a folder; prints a line for each failure, then how many were built.

Without a folder it only tells, by its exit code, whether there is a timm.
"""

import importlib.util
import json
import pathlib
import sys

import torch
from torch import nn

try:
    import torchvision
except RuntimeError:  # it is built for another PyTorch; timm reads it, but nothing here calls its operators
    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision  # noqa: F401
import timm

MODELS = ("resnetv2_50", "mobilenetv2_100", "efficientnet_b0")
ACTIVATIONS = (nn.ReLU, nn.ReLU6, nn.SiLU)


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "layer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count(parameters):
    return sum(parameter.numel() for parameter in parameters)


def of_type(model, *types):
    return [(name, one) for name, one in model.named_modules() if isinstance(one, types)]


def check(name, module):
    torch.manual_seed(1)
    theirs = timm.create_model(name, pretrained=False, num_classes=10)
    model = timm.create_model(name, pretrained=False, num_classes=10, norm_layer=module.exported)
    norms, layers = of_type(theirs, nn.BatchNorm2d), of_type(model, module.Exported)
    if [place for place, _ in layers] != [place for place, _ in norms]:
        return f"{len(layers)} layers stand where {len(norms)} were"
    if [one.apply_act for _, one in layers] != [acts(one) for _, one in norms]:
        return "apply_act is not where an activation was"
    outside = [place for place, one in of_type(model, *ACTIVATIONS) if place not in
               [place for place, _ in of_type(theirs, *ACTIVATIONS)]]
    if outside:
        return f"activations follow: {outside}"
    norm_parameters = count(parameter for _, one in norms for parameter in one.parameters())
    of_layers = sum(one.num_features * len(dict(one.named_parameters())) for _, one in layers)
    if count(model.parameters()) != count(theirs.parameters()) - norm_parameters + of_layers:
        return "some vectors of the layers are no parameters of the model"
    x = torch.randn(4, 3, 64, 64)
    nn.functional.cross_entropy(model(x), torch.arange(4)).backward()
    silent = [place for place, parameter in model.named_parameters() if parameter.grad is None]
    if silent:
        return f"no gradient reaches {silent}"
    other = timm.create_model(name, pretrained=False, num_classes=10, norm_layer=module.exported)
    other.load_state_dict(model.state_dict())
    if not torch.equal(other.eval()(x).nan_to_num(), model.eval()(x).nan_to_num()):
        return "the state dict does not hold the model"
    return None


def acts(norm):
    return not isinstance(getattr(norm, "act", nn.Identity()), nn.Identity)


torch.set_num_threads(1)  # two wait for each other where cores are shared
if len(sys.argv) < 2:
    sys.exit()
failures, done = [], dict.fromkeys(MODELS, 0)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    module = load(folder)
    for name in MODELS:
        try:
            found = check(name, module)
        except Exception as error:  # one model that refuses must not hide the others
            found = f"{type(error).__name__}: {error}"
        if found:
            failures.append(f"{folder.name}: {name}: {found}")
        done[name] += 1

print("\n".join(failures))
print(json.dumps(done))
sys.exit(1 if failures else 0)
