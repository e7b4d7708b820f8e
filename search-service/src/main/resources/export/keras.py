"""{{class}}: a normalization-activation layer for Keras 3, written by NormForge.

    z = {{formula}}
    y = z * gamma + beta

for x of shape (N, H, W, C), or (N, C, H, W) with data_format="channels_first".
{{legend}}
It stands where BatchNormalization and the activation after it stand: no activation follows.
With apply_act=False only gamma and beta act. epsilon is {{eps}}, as trained, where Keras has 1e-3.

    x = {{class}}()(x)

{{#follows}}
Moving statistics hold biased moments. momentum is the share that they keep of themselves: 0.99 is PyTorch's 0.01.
With trainable=False, as without training, they take the place of the batch's, as in BatchNormalization.
{{/follows}}
What PyTorch and fixture.json call weight{{#follows}},{{/follows}}{{^follows}} and{{/follows}} bias{{#follows}} and running_*{{/follows}} has other names here: see _NAMES.

`python layer_keras.py` compares it with the numbers of the reference interpreter in fixture.json beside it,
on the backend that KERAS_BACKEND names: jax, tensorflow or torch.
"""

import json
import pathlib
import sys

import keras
import numpy as np
from keras import ops
{{functions}}

@keras.saving.register_keras_serializable(package="NormForge")
class {{class}}(keras.layers.Layer):
    """Drop-in for BatchNormalization and activation, with weights {{parameters}}{{#follows}}, {{statistics}}{{/follows}}.

{{#grouped}}
    groups: of channels; the largest divisor of their number not above it is used.
{{/grouped}}
    apply_act: False for gamma and beta alone.
    zero_gamma: gamma starts at 0, as at the end of a residual branch.
    data_format: channels_last or channels_first; None for what keras.config says.
    """

    def __init__(
        self,
{{#grouped}}
        groups={{groups}},
{{/grouped}}
        apply_act=True,
{{#follows}}
        momentum=0.99,
{{/follows}}
        epsilon={{eps}},
        zero_gamma=False,
        data_format=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
{{#grouped}}
        self.groups = groups
{{/grouped}}
        self.apply_act = apply_act
{{#follows}}
        self.momentum = momentum
{{/follows}}
        self.epsilon = epsilon
        self.zero_gamma = zero_gamma
        self.data_format = data_format or keras.config.image_data_format()
        if self.data_format not in ("channels_last", "channels_first"):
            raise ValueError(f"data_format is {data_format}, expected channels_last or channels_first")
        self._axis, self._space = (3, (1, 2)) if self.data_format == "channels_last" else (1, (2, 3))
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        channels = input_shape[self._axis]
        if channels is None:
            raise ValueError(f"input has shape {input_shape}, expected a known number of channels")
        self.input_spec = keras.layers.InputSpec(ndim=4, axes={self._axis: channels})
        self._shape = tuple(channels if axis == self._axis else 1 for axis in range(4))
{{#grouped}}
        self._size = _group_size(channels, self.groups)
{{/grouped}}
        self.gamma = self._vector("gamma", "zeros" if self.zero_gamma else "ones")
        self.beta = self._vector("beta", "zeros")
{{#owns}}
        if self.apply_act:
{{/owns}}
{{vectors}}
    def _vector(self, name, initializer, trainable=True):
        shape = (max(self._shape),)
        return self.add_weight(shape, initializer, trainable=trainable, autocast=False, name=name)

    def call(self, x, training=None):
        half = self.compute_dtype in ("float16", "bfloat16")
        x = ops.cast(x, "float32" if half else self.compute_dtype)  # statistics of half precision overflow
        gamma = self._per_channel(self.gamma, x)
        beta = self._per_channel(self.beta, x)
        if not self.apply_act:
            return ops.cast(x * gamma + beta, self.compute_dtype)
{{#follows}}
        training = training and self.trainable
{{/follows}}
{{body}}
    def _per_channel(self, vector, x):
        return ops.cast(ops.reshape(vector, self._shape), x.dtype)
{{#batchMean}}

    def _batch_mean(self, a, moving, training):
        """Per channel over batch and space; the moving one in evaluation."""
        if not training:
            return self._per_channel(moving, a)
        return self._follow(moving, ops.mean(a, (0, *self._space), keepdims=True))
{{/batchMean}}
{{#batchVar}}

    def _batch_var(self, a, moving, training):
        """Biased variance per channel over batch and space; the moving one in evaluation."""
        if not training:
            return self._per_channel(moving, a)
        return self._follow(moving, ops.var(a, (0, *self._space), keepdims=True))
{{/batchVar}}
{{#batchMs}}

    def _batch_ms(self, a, moving, training):
        """Mean of squares per channel over batch and space; the moving one in evaluation."""
        if not training:
            return self._per_channel(moving, a)
        return self._follow(moving, ops.mean(ops.square(a), (0, *self._space), keepdims=True))
{{/batchMs}}
{{#follows}}

    def _follow(self, moving, batch):
        """Returns the batch's own; the moving average keeps the share `momentum` of itself."""
        newest = ops.broadcast_to(ops.reshape(ops.stop_gradient(batch), (-1,)), moving.shape)
        kept = ops.cast(moving, newest.dtype)
        moving.assign(kept * self.momentum + newest * (1 - self.momentum))
        return batch
{{/follows}}

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
{{#grouped}}
            "groups": self.groups,
{{/grouped}}
            "apply_act": self.apply_act,
{{#follows}}
            "momentum": self.momentum,
{{/follows}}
            "epsilon": self.epsilon,
            "zero_gamma": self.zero_gamma,
            "data_format": self.data_format,
        }


_NAMES = {  # of the fixture: here
{{names}}}


def _compute_in_doubles():
    """Keras makes float32 of float64 in some operations, except on TensorFlow; no public switch is known."""
    from keras.src.backend.common import dtypes

    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    if keras.backend.backend() == "jax":
        import jax

        jax.config.update("jax_enable_x64", True)


def _backward(layer, x, upstream, training):
    """Output, gradient of x and those of the trainable weights, by the backend's own means."""
    weights = [weight.value for weight in layer.trainable_variables]
    if keras.backend.backend() == "jax":
        import jax

        def loss(weights, x):
            moving = [weight.value for weight in layer.non_trainable_variables]
            y, moving = layer.stateless_call(weights, moving, x, training=training)
            return ops.sum(y * upstream), (y, moving)

        (gradients, dx), (y, moving) = jax.grad(loss, (0, 1), has_aux=True)(weights, x)
        for weight, value in zip(layer.non_trainable_variables, moving):
            weight.assign(value)
    elif keras.backend.backend() == "torch":
        import torch

        x = x.requires_grad_()
        y = layer(x, training=training)
        dx, *gradients = torch.autograd.grad(y, [x, *weights], upstream, allow_unused=True, materialize_grads=True)
    else:
        import tensorflow

        with tensorflow.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=training)
        dx, *gradients = tape.gradient(y, [x, *weights], upstream, unconnected_gradients="zero")
    return y, dx, gradients


def _steps(fixture):
    """What each step of the fixture is called, the step, and what the layer makes of it."""
    for data_format in ("channels_last", "channels_first"):
        last = data_format == "channels_last"
        layer = {{class}}(
{{#grouped}}
            groups=fixture["groups"],
{{/grouped}}
{{#follows}}
            momentum=1 - fixture["momentum"],
{{/follows}}
            epsilon=fixture["eps"],
            data_format=data_format,
            dtype="float64",
        )

        def images(values):
            values = np.reshape(values, fixture["shape"])
            return ops.convert_to_tensor(np.transpose(values, (0, 2, 3, 1)) if last else values, "float64")

        def flat(images):
            values = ops.convert_to_numpy(images)
            return np.transpose(values, (0, 3, 1, 2)) if last else values

        layer.build(images(fixture["evaluation"]["x"]).shape)
        for name, values in fixture["parameters"].items():
            getattr(layer, _NAMES.get(name, name)).assign(np.array(values))
        steps = {f"training step {i + 1}": step for i, step in enumerate(fixture["training"])}
        for what, step in {**steps, "evaluation": fixture["evaluation"]}.items():
            training = what != "evaluation"
            y, dx, gradients = _backward(layer, images(step["x"]), images(step["upstream"]), training)
            found = {"output": flat(y), "gradient of x": flat(dx)}
            by_name = dict(zip([weight.name for weight in layer.trainable_variables], gradients))
            for name in fixture["parameters"]:
                found[f"gradient of {name}"] = ops.convert_to_numpy(by_name[_NAMES.get(name, name)])
            for name in step["running"]:
                found[name] = ops.convert_to_numpy(getattr(layer, _NAMES[name]))
            yield f"{data_format}: {what}", step, found


{{check}}