"""Checks every exported Keras layer below a folder on the backend of KERAS_BACKEND; prints each disagreement, then how many agree in each way."""

import importlib.util
import json
import pathlib
import sys
import time

import keras
import numpy as np
from keras import ops

BACKEND = keras.backend.backend()
DOUBLE, SINGLE, FEW = 1e-8, 1e-4, 40
failures, seconds = [], {}
done = {"double": 0, "single": 0, "affine": 0, "half": 0, "again": 0, "frozen": 0, "compiled": 0, "saved": 0, "kink": 0}


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "layer_keras.py")
    module = sys.modules[folder.name] = importlib.util.module_from_spec(spec)  # torch.compile looks there
    spec.loader.exec_module(module)
    module._compute_in_doubles()
    return module


def images(values, fixture, dtype="float32"):
    return ops.convert_to_tensor(np.reshape(values, fixture["shape"]).transpose(0, 2, 3, 1), dtype)


def distance(actual, expected):
    actual = np.asarray(ops.convert_to_numpy(actual), np.float64)
    expected = np.asarray(ops.convert_to_numpy(expected), np.float64)
    return np.linalg.norm(actual - expected) / max(np.linalg.norm(expected), 1e-300)


def equal(a, b):
    return np.array_equal(ops.convert_to_numpy(a), ops.convert_to_numpy(b), equal_nan=True)


def make(module, fixture, **more):
    names = {"groups": "groups", "eps": "epsilon"}
    has = module.Exported(apply_act=False).get_config()
    layer = module.Exported(**{ours: fixture[name] for name, ours in names.items() if ours in has}, **more)
    if "momentum" in has:
        layer.momentum = 1 - fixture["momentum"]
    layer.build((None, None, None, fixture["num_features"]))
    for weight in layer.trainable_weights:
        names = {ours: name for name, ours in module._NAMES.items()}
        weight.assign(np.array(fixture["parameters"][names.get(weight.name, weight.name)]))
    return layer


def single(module, fixture):
    layer = make(module, fixture)
    far = []
    for step in [*fixture["training"], fixture["evaluation"]]:
        training = step is not fixture["evaluation"]
        x, upstream = images(step["x"], fixture), images(step["upstream"], fixture)
        y, dx, _ = module._backward(layer, x, upstream, training)
        y, dx = (value.detach() if BACKEND == "torch" else value for value in (y, dx))
        far += [distance(y, images(step["y"], fixture, "float64")),
                distance(dx, images(step["gradients"]["x"], fixture, "float64"))]
    return max(far) < SINGLE or f"{far}"


def affine(module, fixture):
    layer = make(module, fixture, apply_act=False, dtype="float64")
    x = images(fixture["training"][0]["x"], fixture, "float64")
    gamma, beta = (np.array(fixture["parameters"][name]) for name in ("weight", "bias"))
    if [weight.name for weight in layer.weights] != ["gamma", "beta"]:
        return "weights"
    return equal(layer(x, training=True), ops.convert_to_numpy(x) * gamma + beta)


def half(module, fixture):
    """As float32 has it of the same numbers, rounded once."""
    wide = make(module, fixture)
    for dtype in ("float16", "bfloat16"):
        layer = make(module, fixture, dtype=f"mixed_{dtype}")
        x = images(fixture["training"][0]["x"], fixture, dtype)
        for training in (True, False):
            y = layer(x, training=training)
            if keras.backend.standardize_dtype(y.dtype) != dtype:
                return f"{dtype} became {y.dtype}"
            expected = ops.cast(wide(ops.cast(x, "float32"), training=training), dtype)
            if not equal(ops.cast(y, "float32"), ops.cast(expected, "float32")):
                return f"{dtype}: statistics are not float32"
        for a, b in zip(wide.non_trainable_weights, make(module, fixture).non_trainable_weights):
            a.assign(b)
        if any(weight.dtype != "float32" for weight in layer.weights):
            return "weights"
    return True


def again(module, fixture):
    """From its configuration and weights."""
    layer = make(module, fixture, zero_gamma=True, name="first")
    x = images(fixture["training"][0]["x"], fixture)
    layer(x, training=True)
    twin = type(layer).from_config(json.loads(json.dumps(layer.get_config())))
    twin.build(x.shape)
    if np.any(ops.convert_to_numpy(twin.gamma)):
        return "zero_gamma"
    twin.set_weights(layer.get_weights())
    return twin.get_config() == layer.get_config() and equal(twin(x), layer(x))


def frozen(module, fixture):
    """trainable=False is evaluation, as in BatchNormalization."""
    layer = make(module, fixture)
    x = images(fixture["training"][0]["x"], fixture)
    layer(x, training=True)
    kept = layer.get_weights()
    y = layer(x, training=False)
    layer.trainable = False
    return equal(layer(x, training=True), y) and all(equal(a, b) for a, b in zip(kept, layer.get_weights()))


def compiled(module, fixture):
    layer, x = make(module, fixture, dtype="float64"), images(fixture["training"][0]["x"], fixture, "float64")
    twin = make(module, fixture, dtype="float64")
    if BACKEND == "jax":
        import jax

        run = jax.jit(lambda x: layer.stateless_call(*([w.value for w in v] for v in (
            layer.trainable_variables, layer.non_trainable_variables)), x, training=True)[0])
    elif BACKEND == "tensorflow":
        import tensorflow

        run = tensorflow.function(lambda x: layer(x, training=True), input_signature=[
            tensorflow.TensorSpec((None, None, None, x.shape[-1]), "float64")])
    else:
        import torch

        torch.compiler.reset()  # or it gives up after a few layers
        run = torch.compile(lambda x: layer(x, training=True), backend="eager")
    return distance(run(x), twin(x, training=True)) < DOUBLE


def saved(module, fixture):
    """A model of any image size, in the file that Keras writes, trained a step before."""
    layer = make(module, fixture)
    inputs = keras.Input((None, None, fixture["num_features"]))
    model = keras.Model(inputs, layer(inputs))
    x = images(fixture["training"][0]["x"], fixture)
    model.compile("sgd", "mse", jit_compile=False)
    model.fit(x, ops.zeros_like(x), verbose=0)
    file = str(folder / "model.keras")
    model.save(file)
    twin = keras.saving.load_model(file)
    return model.output_shape == (None, None, None, fixture["num_features"]) and equal(model(x), twin(x))


def kink(module, fixture):
    """The slope at 0 is that of the interpreter."""
    layer = module.Exported()
    layer.build((1, 2, 2, 8))
    x = ops.zeros((1, 2, 2, 8))
    _, slope, _ = module._backward(layer, x, ops.ones_like(x), True)
    return bool(np.all(ops.convert_to_numpy(slope) == float((folder / "slope").read_text())))


worst = 0
for number, folder in enumerate(sorted(pathlib.Path(sys.argv[1]).iterdir(), key=lambda f: f.name.startswith("random"))):
    fixture = json.loads((folder / "fixture.json").read_text())
    module = load(folder)
    start = time.perf_counter()
    for what, far in module.self_check(fixture).items():
        worst = max(worst, far)
        if not far < DOUBLE:
            failures.append(f"{folder.name}: double, {what}: {far}")
    done["double"] += 1
    seconds["double"] = seconds.get("double", 0) + time.perf_counter() - start
    checks = [affine, half, again, frozen]
    if (folder / "steady").exists():
        checks.append(single)
    if (folder / "slope").exists():
        checks.append(kink)
    if number % FEW < 2:
        checks += [compiled, saved]
    for check in checks:
        start = time.perf_counter()
        found = check(module, fixture)
        if not (isinstance(found, (bool, np.bool_)) and found):
            failures.append(f"{folder.name}: {check.__name__}: {found}")
        done[check.__name__] += 1
        seconds[check.__name__] = seconds.get(check.__name__, 0) + time.perf_counter() - start

print("\n".join(failures))
print(f"worst in double {worst:.1e}, seconds", json.dumps({name: round(spent) for name, spent in seconds.items()}))
print(json.dumps(done))
sys.exit(1 if failures else 0)
