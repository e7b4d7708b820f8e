"""{{class}}: a normalization-activation layer for PyTorch, written by NormForge.

    z = {{formula}}
    y = z * weight + bias

for x of shape (N, C, H, W).
{{legend}}
It stands where BatchNorm and the activation after it stand: no activation follows.
With apply_act=False only weight and bias act, as in timm's EvoNorm layers.

    norm = {{function}}(64)  # for 64 channels
    timm.create_model("resnetv2_50", norm_layer={{function}})

`python layer.py` compares it with the numbers of the reference interpreter in fixture.json beside it.
"""

import json
import pathlib
import sys

import torch
from torch import nn

{{functions}}
class {{class}}(nn.Module):
    """{{summary}}"""

    def __init__(self, num_features, {{groupArgument}}apply_act=True, {{momentumArgument}}eps={{eps}}, device=None, dtype=None, **_):
        super().__init__()
        self.num_features = num_features
        self.apply_act = apply_act
        self.eps = eps
{{fields}}        factory = {"device": device, "dtype": dtype}
        self.weight = nn.Parameter(torch.empty(num_features, **factory))
        self.bias = nn.Parameter(torch.empty(num_features, **factory))
{{parameters}}        self.reset_parameters()

    def reset_parameters(self):
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)
{{resets}}
    def forward(self, x):
        torch._assert(x.dim() == 4, "expected 4D input (N, C, H, W)")
        dtype = x.dtype
        if dtype in (torch.float16, torch.bfloat16):  # statistics of half precision overflow
            x = x.float()
        weight = self._per_channel(self.weight, x)
        bias = self._per_channel(self.bias, x)
        if not self.apply_act:
            return (x * weight + bias).to(dtype)
{{body}}
    def _per_channel(self, vector, x):
        return vector.to(x.dtype).view(1, -1, 1, 1)

{{methods}}    def extra_repr(self):
        return f"{self.num_features}, apply_act={self.apply_act}, eps={self.eps}{{reprMore}}"


def {{function}}(num_features, **kwargs):
    """Makes one: some of timm's models take a function where they refuse a class that they do not know."""
    return {{class}}(num_features, **kwargs)


def self_check(fixture):
    """How far this module is from the reference interpreter, in double precision: {what: |difference| / |expected|}.

    A gradient that cancels is rounding alone: none counts as smaller than a millionth of all of them together.
    """
    layer = {{class}}(fixture["num_features"], {{groupsFromFixture}}eps=fixture["eps"]{{momentumFromFixture}}, dtype=torch.float64)
    tensors = {name: torch.tensor(values, dtype=torch.float64) for name, values in fixture["parameters"].items()}
    layer.load_state_dict(tensors, strict=False)
    found = {}

    def norm(numbers):
        return torch.linalg.vector_norm(torch.as_tensor(numbers, dtype=torch.float64)).item()

    def compare(what, actual, expected, least=1e-6):
        difference = actual.detach().flatten() - torch.tensor(expected, dtype=torch.float64)
        found[what] = norm(difference) / max(norm(expected), least)

    def run(what, step):
        x = torch.tensor(step["x"], dtype=torch.float64).view(fixture["shape"]).requires_grad_()
        layer.zero_grad(set_to_none=True)  # gradients of a sum may share their memory
        y = layer(x)
        y.backward(torch.tensor(step["upstream"], dtype=torch.float64).view(fixture["shape"]))
        compare(f"{what}: output", y, step["y"])
        least = 1e-6 * norm([norm(gradient) for gradient in step["gradients"].values()])
        compare(f"{what}: gradient of x", torch.zeros_like(x) if x.grad is None else x.grad, step["gradients"]["x"], least)
        for name, parameter in layer.named_parameters():
            gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
            compare(f"{what}: gradient of {name}", gradient, step["gradients"][name], least)
        for name, values in step["running"].items():
            compare(f"{what}: {name}", layer.get_buffer(name), values)

    for i, step in enumerate(fixture["training"]):
        run(f"training step {i + 1}", step)
    layer.eval()
    run("evaluation", fixture["evaluation"])
    return found


if __name__ == "__main__":
    file = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("fixture.json")
    with open(file, encoding="utf-8") as opened:
        distances = self_check(json.load(opened))
    for what, distance in distances.items():
        print(f"{distance:9.1e}  {what}")
    agrees = all(distance < 1e-8 for distance in distances.values())
    print("agrees with the reference interpreter" if agrees else "DIFFERS from the reference interpreter")
    sys.exit(0 if agrees else 1)
