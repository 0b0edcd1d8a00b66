#!/usr/bin/env python3
"""Times PyTorch's training step of SqueezeSegV2 at 64 x 512 for training.py; prints one JSON line."""
import argparse
import json
import resource
import statistics
import time

import torch
import torch.nn.functional as F

from networks import build, scan
from variants import CLASSES, ROWS, Variant

CLASS_WEIGHTS = [1 / 15, 1, 10, 10]


def make_step(batch, width=512):
    """A function that trains once on a batch in memory."""
    network = build(Variant("foldable"), calibrate=False).train()
    network = network.to(memory_format=torch.channels_last)
    features = scan(width, seed=1, batch=batch)[0].to(memory_format=torch.channels_last)
    labels = torch.randint(0, CLASSES, (batch, ROWS, width))
    weights = torch.tensor(CLASS_WEIGHTS)
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, weight_decay=1e-4)

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(features), labels, weights).backward()
        optimizer.step()
    return step


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, default=8, help="images (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="(default: %(default)s)")
    parser.add_argument("--steps", type=int, default=4, help="timed ones (default: %(default)s)")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    step = make_step(arguments.batch)
    step()
    times = []
    for _ in range(arguments.steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"median": statistics.median(times), "best": min(times),
                      "peakMebibytes": memory, "version": torch.__version__}))


if __name__ == "__main__":
    main()
