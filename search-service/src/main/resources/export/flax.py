"""{{class}}: a normalization-activation layer for Flax, as a linen and an nnx module, written by NormForge.

    z = {{formula}}
    y = z * scale + bias

for x of shape (N, H, W, C): channels last, axis=-1 of Flax.
{{legend}}
It stands where BatchNorm and the activation after it stand: no activation follows.
With apply_act=False only scale and bias act.

    norm = {{class}}(use_running_average=not train)  # as flax.linen.BatchNorm
    norm = {{class}}Nnx(64, rngs=rngs)  # as flax.nnx.BatchNorm, for 64 channels

{{#follows}}
Running statistics hold biased moments: collection batch_stats of linen, nnx.BatchStat.
momentum is the share that they keep of themselves: 0.99 is what PyTorch calls 0.01.
{{/follows}}
{{^follows}}
use_running_average, momentum and axis_name are taken as BatchNorm takes them; nothing here depends on them.
{{/follows}}
{{#grouped}}
The number of groups is the largest divisor of the channels not above `groups`.
{{/grouped}}
What PyTorch and fixture.json call weight{{#follows}} and running_*{{/follows}} has other names here: see _NAMES.

`python layer_flax.py` compares it with the numbers of the reference interpreter in fixture.json beside it.
"""

import json
import pathlib
import sys
from typing import Any

import jax
import numpy as np
from flax import linen, nnx
from jax import numpy as jnp
{{functions}}{{#batchMean}}


def _batch_mean(a, axis_name):
    """Per channel over batch and space, and over the devices of an axis."""
    mean = jnp.mean(a, (0, 1, 2), keepdims=True)
    return mean if axis_name is None else jax.lax.pmean(mean, axis_name)
{{/batchMean}}
{{#batchVar}}


def _batch_var(a, axis_name):
    """Biased; the centre is that of all devices."""
    return _batch_mean(jnp.square(a - _batch_mean(a, axis_name)), axis_name)
{{/batchVar}}
{{#batchMs}}


def _batch_ms(a, axis_name):
    """Mean of squares."""
    return _batch_mean(jnp.square(a), axis_name)
{{/batchMs}}
{{#follows}}


def _followed(running, batch, momentum):
    """The running statistic after one more batch."""
    batch = jax.lax.stop_gradient(jnp.broadcast_to(batch.ravel(), running.shape))
    return (momentum * running + (1 - momentum) * batch).astype(running.dtype)


_RUNNING = {  # before any training
{{running}}}
{{/follows}}


def formula({{signature}}):
    """z of x, (N, H, W, C){{#follows}}, and the moments of the batch by name, (1, 1, 1, C){{/follows}}.

    Half precision becomes float32, in which statistics do not overflow.
{{#follows}}
    running: what takes the place of the batch's moments in evaluation, {name: (C,)}; None in training.
    axis_name: of vmap, pmap or shard_map, each of whose parts has a share of the batch, all equally large.
{{/follows}}
    """
    if x.ndim != 4:
        raise ValueError(f"x has shape {x.shape}, expected (N, H, W, C)")
    x = jnp.asarray(x, jnp.promote_types(x.dtype, jnp.float32))
{{#grouped}}
    size = _group_size(x.shape[-1], groups)
{{/grouped}}
{{#follows}}
    moments = {}

    def batch(name, moment, a):
        if running is not None:
            return jnp.reshape(running[name], (1, 1, 1, -1))
        moments[name] = moment(a, axis_name)
        return moments[name]

{{/follows}}
{{body}}

class {{class}}(linen.Module):
    """Drop-in for linen.BatchNorm and activation, with parameters {{parameters}}{{#follows}} and batch_stats {{statistics}}{{/follows}}."""

    use_running_average: bool | None = None
    momentum: float = 0.99
    epsilon: float = {{eps}}
{{#grouped}}
    groups: int = {{groups}}
{{/grouped}}
    apply_act: bool = True
    axis_name: Any = None
    dtype: Any = None  # of the output; None for the input's
    param_dtype: Any = jnp.float32
    scale_init: Any = linen.initializers.ones
    bias_init: Any = linen.initializers.zeros

    @linen.compact
    def __call__(self, x, use_running_average=None):
        dtype = self.dtype or x.dtype
        shape = x.shape[-1:]
        scale = self.param("scale", self.scale_init, shape, self.param_dtype)
        bias = self.param("bias", self.bias_init, shape, self.param_dtype)
        if not self.apply_act:
            return jnp.asarray(x * scale + bias, dtype)
{{linenVectors}}{{#follows}}
        evaluation = linen.merge_param("use_running_average", self.use_running_average, use_running_average)
        precision = jnp.promote_types(self.param_dtype, jnp.float32)
        kept = {
            name: self.variable("batch_stats", name, initial, shape, precision)
            for name, initial in _RUNNING.items()
        }
        z, moments = formula(
            x,
{{vectorLines}}            {name: one.value for name, one in kept.items()} if evaluation else None,
            epsilon=self.epsilon,
{{#grouped}}
            groups=self.groups,
{{/grouped}}
            axis_name=None if self.is_initializing() else self.axis_name,
        )
        if not self.is_initializing():
            for name, moment in moments.items():
                kept[name].value = _followed(kept[name].value, moment, self.momentum)
{{/follows}}
{{^follows}}
        z = formula(x, {{vectorArguments}}epsilon=self.epsilon{{groupsArgument}})
{{/follows}}
        return jnp.asarray(z * scale + bias, dtype)


class {{class}}Nnx(nnx.Module):
    """Drop-in for nnx.BatchNorm and activation, with the same parameters{{#follows}} and statistics{{/follows}}."""

    def __init__(
        self,
        num_features,
        *,
        use_running_average=False,
        momentum=0.99,
        epsilon={{eps}},
{{#grouped}}
        groups={{groups}},
{{/grouped}}
        apply_act=True,
        axis_name=None,
        dtype=None,
        param_dtype=jnp.float32,
        scale_init=nnx.initializers.ones,
        bias_init=nnx.initializers.zeros,
        rngs=None,
    ):
        shape = (num_features,)
        self.num_features = num_features
        self.use_running_average = use_running_average
        self.momentum = momentum
        self.epsilon = epsilon
{{#grouped}}
        self.groups = groups
{{/grouped}}
        self.apply_act = apply_act
        self.axis_name = axis_name
        self.dtype = dtype
        self.scale = nnx.Param(scale_init(rngs and rngs.params(), shape, param_dtype))
        self.bias = nnx.Param(bias_init(rngs and rngs.params(), shape, param_dtype))
{{#owns}}
        if apply_act:
{{/owns}}
{{nnxVectors}}{{#follows}}
            precision = jnp.promote_types(param_dtype, jnp.float32)
            for name, initial in _RUNNING.items():
                setattr(self, name, nnx.BatchStat(initial(shape, precision)))
{{/follows}}

    def __call__(self, x, use_running_average=None):
        dtype = self.dtype or x.dtype
        scale, bias = self.scale[...], self.bias[...]
        if not self.apply_act:
            return jnp.asarray(x * scale + bias, dtype)
{{#follows}}
        evaluation = self.use_running_average if use_running_average is None else use_running_average
        z, moments = formula(
            x,
{{nnxVectorLines}}            {name: getattr(self, name)[...] for name in _RUNNING} if evaluation else None,
            epsilon=self.epsilon,
{{#grouped}}
            groups=self.groups,
{{/grouped}}
            axis_name=self.axis_name,
        )
        for name, moment in moments.items():
            kept = getattr(self, name)
            kept[...] = _followed(kept[...], moment, self.momentum)
{{/follows}}
{{^follows}}
        z = formula(x, {{nnxVectorArguments}}epsilon=self.epsilon{{groupsArgument}})
{{/follows}}
        return jnp.asarray(z * scale + bias, dtype)

    def set_view(self, use_running_average: bool | None = None):
        """Called by nnx.view.

        Args:
          use_running_average: whether running statistics take the place of the batch's.
        """
        if use_running_average is not None:
            self.use_running_average = use_running_average


_NAMES = {  # of the fixture: here
{{names}}}


def _linen(fixture, parameters):
    """Makes the linen module; each step returns output, gradients and running statistics."""
    layer = {{class}}(**_arguments(fixture))
    state = layer.init(jax.random.key(0), jnp.zeros(_shape(fixture)), False)
    stats = {name: values for name, values in state.items() if name != "params"}

    def step(x, upstream, evaluation):
        def loss(params, x):
            y, after = layer.apply({"params": params, **stats}, x, evaluation, mutable=list(stats))
            return jnp.sum(y * upstream), (y, after)

        gradients, (y, after) = jax.grad(loss, (0, 1), has_aux=True)(parameters, x)
        stats.update(after)
        return y, *gradients, stats.get("batch_stats", {})

    return step


def _nnx(fixture, parameters):
    """The same for nnx."""
    layer = {{class}}Nnx(fixture["num_features"], **_arguments(fixture))
    nnx.update(layer, parameters)

    def step(x, upstream, evaluation):
        def loss(layer, x):
            y = layer(x, evaluation)
            return jnp.sum(y * upstream), y

        gradients, y = nnx.grad(loss, argnums=(0, 1), has_aux=True)(layer, x)
        return y, *gradients, nnx.state(layer, nnx.BatchStat)

    return step


def _arguments(fixture):
    return {
        "epsilon": fixture["eps"],
        "momentum": 1 - fixture["momentum"],
{{#grouped}}
        "groups": fixture["groups"],
{{/grouped}}
        "param_dtype": jnp.float64,
    }


def _shape(fixture):
    n, c, h, w = fixture["shape"]
    return n, h, w, c


def _steps(fixture):
    """What each step of the fixture is called, the step, and what one of the modules makes of it."""
    parameters = {_NAMES.get(name, name): jnp.array(values) for name, values in fixture["parameters"].items()}
    steps = {f"training step {i + 1}": step for i, step in enumerate(fixture["training"])}
    steps["evaluation"] = fixture["evaluation"]

    def images(values):
        return jnp.transpose(jnp.reshape(jnp.array(values), fixture["shape"]), (0, 2, 3, 1))

    def flat(images):
        return np.transpose(images, (0, 3, 1, 2))

    for module, make in (("linen", _linen), ("nnx", _nnx)):
        run = make(fixture, parameters)
        for what, step in steps.items():
            y, gradients, dx, running = run(images(step["x"]), images(step["upstream"]), what == "evaluation")
            found = {"output": flat(y), "gradient of x": flat(dx)}
            for name in fixture["parameters"]:
                found[f"gradient of {name}"] = gradients[_NAMES.get(name, name)][...]
            for name in step["running"]:
                found[name] = running[_NAMES[name]][...]
            yield f"{module}: {what}", step, found


{{check}}