"""Checks every exported Flax file below a folder; prints a line for each disagreement, then how many agree in each way."""

import importlib.util
import json
import pathlib
import sys
import time

import jax
import numpy as np
from flax import nnx
from jax import numpy as jnp

jax.config.update("jax_enable_x64", True)
DOUBLE, SINGLE, COMPILED = 1e-8, 1e-4, 40
failures, seconds = [], {}
done = {"double": 0, "single": 0, "affine": 0, "half": 0, "devices": 0, "switched": 0, "compiled": 0, "kink": 0}


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "layer_flax.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def images(values, fixture, dtype):
    return jnp.array(np.reshape(values, fixture["shape"]).transpose(0, 2, 3, 1), dtype)


def distance(actual, expected):
    actual = np.asarray(actual, np.float64)
    return np.linalg.norm(actual - expected) / max(np.linalg.norm(expected), 1e-300)


def parameters(module, fixture, dtype):
    return {module._NAMES.get(name, name): jnp.array(values, dtype) for name, values in fixture["parameters"].items()}


def both(module, fixture, dtype=jnp.float32, **more):
    """Output, gradient of x and statistics of both modules, as functions of x, upstream and evaluation."""
    arguments = {**module._arguments(fixture), "param_dtype": dtype, **more}
    values = parameters(module, fixture, dtype)
    linen = module.Exported(**arguments)
    state = linen.init(jax.random.key(0), jnp.zeros((3, 5, 4, 8), dtype), False)
    stats = {name: one for name, one in state.items() if name != "params"}

    def apply(x, evaluation=False, stats=stats):
        y, after = linen.apply({"params": values, **stats}, x, evaluation, mutable=list(stats))
        return y, {**stats, **after}

    twin = module.ExportedNnx(fixture["num_features"], **arguments)
    nnx.update(twin, values)
    return apply, twin, stats


def single(module, fixture):
    apply, twin, stats = both(module, fixture)
    worst = 0
    for step in [*fixture["training"], fixture["evaluation"]]:
        evaluation = step is fixture["evaluation"]
        x = images(step["x"], fixture, jnp.float32)
        upstream = images(step["upstream"], fixture, jnp.float32)
        y, back, after = jax.vjp(lambda x: apply(x, evaluation, stats), x, has_aux=True)
        for actual, what in ((y, step["y"]), (twin(x, evaluation), step["y"]), (back(upstream)[0], step["gradients"]["x"])):
            worst = max(worst, distance(actual, images(what, fixture, jnp.float64)))
        stats = after
    return worst < SINGLE or worst


def affine(module, fixture):
    arguments = {**module._arguments(fixture), "apply_act": False}
    linen = module.Exported(**arguments)
    x = images(fixture["training"][0]["x"], fixture, jnp.float64)
    if sorted(linen.init(jax.random.key(0), x)["params"]) != ["bias", "scale"] or len(linen.init(jax.random.key(0), x)) > 1:
        return "state"
    scale, bias = (jnp.array(fixture["parameters"][name]) for name in ("weight", "bias"))
    twin = module.ExportedNnx(fixture["num_features"], **arguments)
    if len(jax.tree.leaves(nnx.state(twin))) != 2:
        return "state of nnx"
    nnx.update(twin, {"scale": scale, "bias": bias})
    y = linen.apply({"params": {"scale": scale, "bias": bias}}, x)
    return bool((y == x * scale + bias).all() and (twin(x) == y).all())


def half(module, fixture):
    """As float32 has it of the same numbers, rounded once."""
    for dtype in (jnp.float16, jnp.bfloat16):
        apply, twin, stats = both(module, fixture)
        x = images(fixture["training"][0]["x"], fixture, dtype)
        for evaluation in (False, True):
            y, _ = apply(x, evaluation)
            wide, _ = apply(x.astype(jnp.float32), evaluation)
            other = twin(x, evaluation)
            if y.dtype != dtype or other.dtype != dtype or wide.dtype != jnp.float32:
                return f"{dtype.__name__} became {y.dtype}, {other.dtype}, {wide.dtype}"
            if not np.array_equal(y, wide.astype(dtype), equal_nan=True):
                return f"{dtype.__name__}: statistics are not float32"
    return all(leaf.dtype == jnp.float32 for leaf in jax.tree.leaves((nnx.state(twin), stats)))


def devices(module, fixture):
    """Parts of a batch along a named axis are the whole batch: output, gradient, statistics."""
    whole, _, _ = both(module, fixture, jnp.float64)
    parts, _, _ = both(module, fixture, jnp.float64, axis_name="devices")
    split = jax.vmap(parts, axis_name="devices", out_axes=(0, None))
    x = images(fixture["training"][0]["x"], fixture, jnp.float64)
    upstream = images(fixture["training"][0]["upstream"], fixture, jnp.float64)
    y, back, stats = jax.vjp(whole, x, has_aux=True)
    other, other_back, other_stats = jax.vjp(split, x[:, None], has_aux=True)
    far = [distance(other[:, 0], y), distance(other_back(upstream[:, None])[0][:, 0], back(upstream)[0])]
    far += [distance(a, b) for a, b in zip(jax.tree.leaves(other_stats), jax.tree.leaves(stats), strict=True)]
    return max(far) < DOUBLE or f"{far}"


def switched(module, fixture):
    """eval() and a view are what the argument says."""
    _, twin, _ = both(module, fixture)
    x = images(fixture["training"][0]["x"], fixture, jnp.float32)
    twin(x)
    y = twin(x, use_running_average=True)
    view = nnx.view(twin, use_running_average=True)
    if not np.array_equal(view(x), y, equal_nan=True):
        return "view"
    twin.eval()
    return np.array_equal(twin(x), y, equal_nan=True)


def compiled(module, fixture):
    apply, twin, _ = both(module, fixture, jnp.float64)
    x = images(fixture["training"][0]["x"], fixture, jnp.float64)
    y, stats = apply(x)
    far = [distance(jax.jit(apply)(x)[0], y), distance(nnx.jit(lambda layer, x: layer(x))(twin, x), y)]
    kept = [value for _, value in sorted(nnx.to_pure_dict(nnx.state(twin, nnx.BatchStat)).items())]
    far += [distance(a, b) for a, b in zip(kept, jax.tree.leaves(stats), strict=True)]
    return max(far) < DOUBLE or f"{far}"


def kink(module, fixture):
    """The slope at 0 is that of the interpreter."""
    arguments = {**module._arguments(fixture), "param_dtype": jnp.float32}
    linen, twin = module.Exported(**arguments), module.ExportedNnx(8, **arguments)
    x = jnp.zeros((1, 2, 2, 8))
    state = linen.init(jax.random.key(0), x)
    expected = float((folder / "slope").read_text())
    slopes = (jax.grad(lambda x: jnp.sum(layer(x)))(x) for layer in (lambda x: linen.apply(state, x), twin))
    return all(bool((slope == expected).all()) for slope in slopes)


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
    checks = [affine, half, switched]
    if fixture["training"][0]["running"]:
        checks.append(devices)
    if (folder / "steady").exists():
        checks.append(single)
    if (folder / "slope").exists():
        checks.append(kink)
    if number % COMPILED < 2:
        checks.append(compiled)
    for check in checks:
        start = time.perf_counter()
        found = check(module, fixture)
        if found is not True and not isinstance(found, np.bool_) or not found:
            failures.append(f"{folder.name}: {check.__name__}: {found}")
        done[check.__name__] += 1
        seconds[check.__name__] = seconds.get(check.__name__, 0) + time.perf_counter() - start

print("\n".join(failures))
print(f"worst in double {worst:.1e}, seconds", json.dumps({name: round(spent) for name, spent in seconds.items()}))
print(json.dumps(done))
sys.exit(1 if failures else 0)
