#!/usr/bin/env python3
"""Times a training step of SqueezeSegV2 in turns with PyTorch's.

Normalisation before the activation, batch statistics, weighted cross entropy, SGD with momentum;
PyTorch in the memory format channels_last. Each round runs one after the other, so that a machine
whose speed drifts does both good or harm.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys


def lidarseg_step(arguments):
    """Median seconds of a step of ours, and the process' peak memory in MiB."""
    command = [arguments.lidarseg, "bench", "training", "--rounds", str(arguments.steps), "--batch",
               str(arguments.batch), "--threads", str(arguments.threads), "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    report = json.loads(output)
    return report["median"] / 1000, report["peakBytes"] / 2**20


def torch_step(arguments):
    """Median seconds of a step of PyTorch, and the process' peak memory in MiB."""
    command = [sys.executable, str(pathlib.Path(__file__).with_name("training_step.py")), "--steps",
               str(arguments.steps), "--batch", str(arguments.batch), "--threads",
               str(arguments.threads)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(arguments.threads)}
    output = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment).stdout
    report = json.loads(output)
    return report["median"], report["peakMebibytes"]


def print_table(arguments, ours, theirs):
    """Seconds and memory of both, and the ratio within each round."""
    ratios = [a[0] / b[0] for a, b in zip(ours, theirs)]
    heading = f"batch {arguments.batch}, {arguments.threads} thread(s)"
    print("%-22s %10s %10s %10s" % (heading, "lidarseg", "PyTorch", "ratio"))
    for name, choose in (("median", statistics.median), ("best", min), ("worst", max)):
        seconds = [choose(step[0] for step in steps) for steps in (ours, theirs)]
        print("%-22s %10.2f %10.2f %10.2f" % (f"s/step, {name}", *seconds, choose(ratios)))
    memory = [max(step[1] for step in steps) for steps in (ours, theirs)]
    print("%-22s %10.0f %10.0f %10.2f" % ("peak memory, MiB", *memory, memory[0] / memory[1]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", required=True, metavar="DIR", help="the folder of setup")
    parser.add_argument("--lidarseg", required=True, metavar="PATH", help="our program")
    parser.add_argument("--rounds", type=int, default=3, help="turns (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=4, help="in a turn (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=8, help="images (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="(default: %(default)s)")
    arguments = parser.parse_args()
    ours, theirs = [], []
    for number in range(1, arguments.rounds + 1):
        ours.append(lidarseg_step(arguments))
        theirs.append(torch_step(arguments))
        print(f"round {number}: lidarseg {ours[-1][0]:.2f} s/step, PyTorch {theirs[-1][0]:.2f} "
              "s/step", file=sys.stderr)
    print_table(arguments, ours, theirs)


if __name__ == "__main__":
    main()
