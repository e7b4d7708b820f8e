"""Checks what people do with modules on every exported one below a folder: compiles, exports, copies, lays out otherwise.

Prints a line for each disagreement with the module as it is, then how many modules agree in each way. In double precision, but
for the default compiler, which a folder asks for by a file named inductor.
"""

import copy
import importlib.util
import io
import json
import pathlib
import shutil
import sys

import torch
from torch.export import Dim

TOLERANCE, SINGLE = 1e-8, 1e-4
COMPILER = shutil.which("g++") or shutil.which("clang++")
failures, done = [], {}


def load(folder):
    name = folder.name.replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, folder / "layer.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # pickle looks there
    spec.loader.exec_module(module)
    return module


def make(module, fixture, dtype=torch.float64):
    layer = module.exported(**{name: fixture[name] for name in ("num_features", "groups", "eps", "momentum")}, dtype=dtype)
    layer.load_state_dict({k: torch.tensor(v, dtype=dtype) for k, v in fixture["parameters"].items()}, strict=False)
    return layer


def images(fixture, dtype=torch.float64):
    return torch.tensor(fixture["training"][0]["x"], dtype=dtype).view(fixture["shape"])


def far(actual, expected):
    return (torch.linalg.vector_norm(actual - expected) / torch.linalg.vector_norm(expected).clamp_min(1e-6)).item()


def passed(call, layer, x):
    """Output, gradients and what is kept after a step: of `call`, which computes what `layer` does."""
    layer.zero_grad(set_to_none=True)
    x = x.clone(memory_format=torch.preserve_format).requires_grad_()
    y = call(x)
    torch.manual_seed(1)
    y.backward(torch.randn(y.shape, dtype=y.dtype))
    found = {"output": y.detach(), "x": torch.zeros_like(x) if x.grad is None else x.grad}
    for name, parameter in layer.named_parameters():
        found[name] = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    found.update({name: buffer.clone() for name, buffer in layer.named_buffers()})
    return found


def differs(actual, expected, tolerance):
    least = 1e-6 * max(1, *(torch.linalg.vector_norm(one).item() for one in expected.values()))
    distances = {name: torch.linalg.vector_norm(actual[name] - one).item()
                 / max(torch.linalg.vector_norm(one).item(), least) for name, one in expected.items()}
    return {name: distance for name, distance in distances.items() if not distance < tolerance}


def same(layer, other, call, x, tolerance=TOLERANCE, layout=torch.contiguous_format):
    """Two steps of training, then evaluation: `call` computes with what `other` holds."""
    for training in (True, True, False):
        layer.train(training)
        other.train(training)
        found = differs(passed(call, other, x.contiguous(memory_format=layout)), passed(layer, layer, x), tolerance)
        if found:
            return f"{'training' if training else 'evaluation'}: {found}"
    return None


def compiled(module, fixture, folder):
    torch._dynamo.reset()
    layer, other = make(module, fixture), make(module, fixture)
    return same(layer, other, torch.compile(other, fullgraph=True, backend="aot_eager"), images(fixture))


def inductor(module, fixture, folder):
    torch._dynamo.reset()
    layer, other = make(module, fixture, torch.float32), make(module, fixture, torch.float32)
    return same(layer, other, torch.compile(other, fullgraph=True), images(fixture, torch.float32), SINGLE)


def exported(module, fixture, folder):
    dynamic = {"x": {0: Dim("n"), 2: Dim("h"), 3: Dim("w")}}
    channels = fixture["num_features"]
    for training in (False, True):
        layer = make(module, fixture).train(training)
        program = torch.export.export(copy.deepcopy(layer), (images(fixture),), dynamic_shapes=dynamic).module()
        for shape in ((2, channels, 3, 6), (5, channels, 8, 2)):
            x = torch.randn(shape, dtype=torch.float64)
            actual, expected = program(x), layer(x)
            if not far(actual, expected) < TOLERANCE:
                return f"training {training}, {shape}: {far(actual, expected)}"
        kept = dict(program.named_buffers())
        for name, buffer in layer.named_buffers():
            if not far(kept[name], buffer) < TOLERANCE:
                return f"training {training}, {name}: {far(kept[name], buffer)}"
    return None


def copied(module, fixture, folder):
    layer = make(module, fixture)
    layer(images(fixture))
    other = copy.deepcopy(layer)
    file = io.BytesIO()
    torch.save(layer, file)
    file.seek(0)
    third = torch.load(file, weights_only=False)
    return same(copy.deepcopy(layer), other, other, images(fixture)) or same(layer, third, third, images(fixture))


def laid_out(module, fixture, folder):
    layer, other = make(module, fixture), make(module, fixture).to(memory_format=torch.channels_last)
    return same(layer, other, other, images(fixture), layout=torch.channels_last)


def small(module, fixture, folder):
    """Maps of one value, one image alone, none at all: nothing is refused."""
    layer = make(module, fixture)
    c = fixture["num_features"]
    for shape in ((2, c, 1, 1), (1, c, 1, 1), (0, c, 3, 3), (2, c, 0, 3)):
        for training in (True, False):
            x = torch.randn(shape, dtype=torch.float64, requires_grad=True)
            y = layer.train(training)(x)
            y.sum().backward()
            if y.shape != x.shape:
                return f"{shape} became {tuple(y.shape)}"
    return None


def half(module, fixture, folder):
    torch._dynamo.reset()
    layer = make(module, fixture, torch.float32)
    call = torch.compile(layer, fullgraph=True, backend="aot_eager")
    x = images(fixture, torch.bfloat16)
    filters = torch.eye(x.shape[1]).view(x.shape[1], x.shape[1], 1, 1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        y = call(torch.nn.functional.conv2d(x.float(), filters))
    return None if y.dtype == torch.bfloat16 else str(y.dtype)


torch.set_num_threads(1)  # two wait for each other where cores are shared
torch.manual_seed(2)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    fixture = json.loads((folder / "fixture.json").read_text())
    module = load(folder)
    checks = [compiled, exported, copied, laid_out, small, half] + ([inductor] if COMPILER and (folder / "inductor").exists() else [])
    for check in checks:
        try:
            found = check(module, fixture, folder)
        except Exception as error:  # one layer that is refused must not hide the others
            found = f"{type(error).__name__}: {error}"
        if found:
            failures.append(f"{folder.name}: {check.__name__}: {found[:2000]}")
        done[check.__name__] = done.get(check.__name__, 0) + 1

print("\n".join(failures))
print(json.dumps(done))
sys.exit(1 if failures else 0)
