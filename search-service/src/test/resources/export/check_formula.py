"""Computes every formula.py below a folder as it stands and compares it with the first training step of fixture.json."""

import json
import pathlib
import sys

import numpy as np

AXES = {"bwh": (0, 2, 3), "whc": (1, 2, 3), "wh": (2, 3)}


def names(fixture):
    eps, groups = fixture["eps"], fixture["groups"]
    shape = fixture["shape"]

    def mean_(over, a):
        a = np.broadcast_to(a, shape)
        if over != "whc/g":
            return np.broadcast_to(a.mean(AXES[over], keepdims=True), shape)
        parts = a.reshape(shape[0], groups, -1)
        return np.broadcast_to(parts.mean(2, keepdims=True), parts.shape).reshape(shape)

    def rms_(over, a):
        return np.sqrt(mean_(over, np.broadcast_to(a, shape) ** 2) + eps)

    def std_(over, a):
        return np.sqrt(mean_(over, (np.broadcast_to(a, shape) - mean_(over, a)) ** 2) + eps)

    vectors = {k: np.array(v).reshape(1, -1, 1, 1) for k, v in fixture["parameters"].items()}
    return {"mean_": mean_, "rms_": rms_, "std_": std_, "maximum": np.maximum, "tanh_": np.tanh, "exp_": np.exp,
            "abs_": np.abs, "sigmoid_": lambda a: 1 / (1 + np.exp(-a)),
            "log_": lambda a: np.sign(a) * np.log(np.abs(a) + eps),
            "sqrt_": lambda a: np.sign(a) * np.sqrt(np.abs(a) + eps),
            "x": np.array(fixture["training"][0]["x"]).reshape(shape), "v1": vectors.get("v"), **vectors}


np.seterr(all="ignore")
wrong = 0
folders = sorted(pathlib.Path(sys.argv[1]).iterdir())
for folder in folders:
    fixture = json.loads((folder / "fixture.json").read_text())
    scope = names(fixture)
    code = (folder / "formula.py").read_text()
    exec(code, scope)
    y = np.broadcast_to(scope["z"] * scope["weight"] + scope["bias"], fixture["shape"]).reshape(-1)
    expected = np.array(fixture["training"][0]["y"])
    distance = np.linalg.norm(y - expected) / np.linalg.norm(expected)
    if not distance < 1e-8:
        wrong += 1
        print(folder.name, distance, code)
print(len(folders), "formulas,", wrong, "wrong")
sys.exit(1 if wrong else 0)
