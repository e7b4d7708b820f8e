#!/usr/bin/env python3
"""Milliseconds of exported PyTorch layers, forward and backward in training, in turns.

    ./normforge export gn-silu --out mine && ./normforge export bn-relu --out theirs
    python3 bench/exported_layers.py mine/layer.py theirs/layer.py [--compile] [--shape 32,64,32,32]

Each is timed for some steps, then the next one, round by round; the ratio is the median over rounds of the first file's
milliseconds over a file's own. With --compile each stands in the table twice, as it is and under torch.compile
(PyTorch 2), and all ratios are to the first file as it is.
"""
import argparse
import importlib.util
import itertools
import json
import pathlib
import statistics
import time

import torch
from torch import nn


class Timed:
    """One layer's training step without an optimizer."""

    def __init__(self, file, number, shape, memory_format, compiled):
        spec = importlib.util.spec_from_file_location(f"layer_{number}", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        made = [one for one in vars(module).values()
                if isinstance(one, type) and issubclass(one, nn.Module) and one.__module__ == module.__name__]
        self.name = str(file) + (" (compiled)" if compiled else "")
        layer = made[0](shape[1])
        self.layer = torch.compile(layer, fullgraph=True) if compiled else layer
        torch.manual_seed(1)
        self.x = torch.randn(shape).contiguous(memory_format=memory_format).requires_grad_()
        self.upstream = torch.randn(shape).contiguous(memory_format=memory_format)
        self.taken = []

    def step(self):
        self.x.grad = None
        self.layer.zero_grad(set_to_none=True)
        before = time.perf_counter()
        self.layer(self.x).backward(self.upstream)
        return 1000 * (time.perf_counter() - before)

    def round(self, steps):
        self.taken.append(statistics.median(self.step() for _ in range(steps)))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", metavar="LAYER.py", type=pathlib.Path)
    options.add_argument("--shape", default="32,64,32,32", help="N,C,H,W (%(default)s)")
    options.add_argument("--channels-last", action="store_true")
    options.add_argument("--compile", action="store_true")
    options.add_argument("--steps", type=int, default=10, help="of a round (%(default)s)")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    shape = tuple(int(size) for size in chosen.shape.split(","))
    memory_format = torch.channels_last if chosen.channels_last else torch.contiguous_format
    timed = [Timed(file, number, shape, memory_format, compiled) for number, (file, compiled) in enumerate(
        itertools.product(chosen.files, (False, True) if chosen.compile else (False,)))]
    for one in timed:
        for _ in range(3):
            one.step()
    for _ in range(chosen.rounds):
        for one in timed:
            one.round(chosen.steps)
    first = timed[0].taken
    rows = [{"layer": one.name, "millis": round(statistics.median(one.taken), 3),
             "ratio": round(statistics.median(a / b for a, b in zip(first, one.taken)), 3)} for one in timed]
    if chosen.json:
        print(json.dumps({"torch": torch.__version__, "shape": shape, "rows": rows}, indent=1))
        return
    width = max(len(row["layer"]) for row in rows)
    print(f"{'layer':<{width}}{'ms':>10}{'first / it':>12}   PyTorch {torch.__version__}, {chosen.shape}, one thread")
    for row in rows:
        print(f"{row['layer']:<{width}}{row['millis']:>10.2f}{row['ratio']:>12.2f}")


if __name__ == "__main__":
    main()
