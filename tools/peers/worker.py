#!/usr/bin/env python3
"""Runs one engine in a process of its own for harness.py.

Prints one JSON line when ready; then, for each line with a number n on standard input, runs the
network n times and prints one JSON line with the times. 0 ends it. Any program that speaks so can be
compared.
"""
import argparse
import json
import os
import resource
import sys
import time

import numpy as np

from engines import ENGINES, Task
from variants import BY_NAME

WARM_UPS = 5


def peak_mebibytes():
    """The most memory that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def protocol_output():
    """Standard output for the protocol alone: what engines print goes to standard error."""
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return output


def burst(run, count):
    """Times in milliseconds of so many runs, and seconds of processors and of the clock."""
    times = []
    processor, start = time.process_time(), time.perf_counter()
    for _ in range(count):
        before = time.perf_counter()
        run()
        times.append((time.perf_counter() - before) * 1e3)
    return {"t": times, "cpu": time.process_time() - processor,
            "wall": time.perf_counter() - start, "rss_mb": peak_mebibytes()}


def introduce(engine, task, expected):
    """Loads an engine: what it says first, and what runs it."""
    version, run, scores = ENGINES[engine](task)
    start = time.perf_counter()
    found = scores(run())
    first = (time.perf_counter() - start) * 1e3
    error = float(np.linalg.norm(found - expected) / np.linalg.norm(expected))
    agreement = float((found.argmax(1) == expected.argmax(1)).mean())
    for _ in range(WARM_UPS):
        run()
    return {"ready": engine, "version": version, "rel_l2": error, "argmax_agree": agreement,
            "first_ms": first, "rss_mb": peak_mebibytes()}, run


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--peers", required=True, metavar="DIR", help="the folder of setup")
    parser.add_argument("--variant", choices=BY_NAME, default="foldable-1")
    parser.add_argument("--width", type=int, default=512, help="columns")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    output = protocol_output()
    variant = BY_NAME[arguments.variant]
    folder = variant.folder(arguments.peers)
    arrays = dict(np.load(folder / f"io_{arguments.width}.npz"))
    expected = arrays.pop("scores")
    task = Task(folder, arguments.width, arguments.threads, variant, arrays)
    ready, run = introduce(arguments.engine, task, expected)
    print(json.dumps(ready), file=output, flush=True)
    for line in sys.stdin:
        if int(line) <= 0:
            break
        print(json.dumps(burst(run, int(line))), file=output, flush=True)


if __name__ == "__main__":
    main()
