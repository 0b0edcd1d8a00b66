#!/usr/bin/env python3
"""Times engines at batch 1 in turns, and prints a table for each size and number of threads.

All engines of a group are loaded, each in its own process, and run in short bursts in random order:
a machine whose speed drifts does all of them good or harm. For each burst the processor time that
other processes took meanwhile is read from /proc/stat; bursts that were disturbed do not count while
there are four others.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import tables
from engines import available
from variants import BY_NAME

TICKS = os.sysconf("SC_CLK_TCK")
BURST_SECONDS = 0.35
PAUSE_SECONDS = 0.15
DISTURBED = 0.12


def busy_seconds():
    """Processor seconds that all processes together have taken, the hypervisor's share included."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


class Engine:
    """A process that speaks worker.py's protocol."""

    def __init__(self, name, command):
        self.name = name
        self.bursts = []
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        line = self.process.stdout.readline()
        self.ready = json.loads(line) if line else None
        self.memory = self.ready["rss_mb"] if line else 0

    def complaint(self):
        """The last line of what the process wrote to standard error."""
        self.errors.seek(0)
        return (self.errors.read().strip().splitlines() or ["it said nothing"])[-1]

    def run(self, count):
        """Runs a burst, and notes how many processors others took meanwhile."""
        busy, start = busy_seconds(), time.perf_counter()
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        seconds = time.perf_counter() - start
        others = max(0.0, (busy_seconds() - busy - answer["cpu"]) / seconds)
        self.memory = answer["rss_mb"]
        self.bursts.append({"times": answer["t"], "others": others})

    def run_undisturbed(self):
        """Runs a burst of a fixed time, up to three times if others disturb it."""
        if self.bursts:
            median = statistics.median(self.bursts[-1]["times"])
            count = max(2, min(40, round(BURST_SECONDS * 1000 / median)))
        else:
            count = 3
        for _ in range(3):
            time.sleep(PAUSE_SECONDS)
            self.run(count)
            if self.bursts[-1]["others"] < DISTURBED:
                break

    def row(self):
        """The figures; the first burst warms up."""
        bursts = sorted(self.bursts[1:] or self.bursts, key=lambda burst: burst["others"])
        quiet = [burst for burst in bursts if burst["others"] < DISTURBED]
        if len(quiet) < 4:
            quiet = bursts[:max(4, len(bursts) // 3)]
        times = sorted(value for burst in quiet for value in burst["times"])
        return {
            "engine": self.name, "version": self.ready["version"],
            "median": statistics.median(times), "best": times[0],
            "p90": times[int(0.9 * len(times))], "runs": len(times),
            "bursts": len(bursts), "quietBursts": len(quiet),
            "others": statistics.mean(burst["others"] for burst in quiet),
            "peakMebibytes": self.memory, "relativeError": self.ready["rel_l2"],
            "agreement": self.ready["argmax_agree"]}

    def close(self):
        """Ends the process."""
        if self.process.poll() is None:
            self.process.stdin.write("0\n")
            self.process.stdin.close()
            self.process.wait(30)
        self.errors.close()


def commands(arguments, variant, width, threads):
    """The command of each engine to run, by its name."""
    folder = variant.folder(arguments.peers)
    chosen = arguments.engines.split(",") if arguments.engines else available(folder, width)
    found = {name: [
        sys.executable, str(pathlib.Path(__file__).with_name("worker.py")), name, "--peers",
        arguments.peers, "--variant", variant.name, "--width", str(width), "--threads",
        str(threads)] for name in chosen}
    ours = [arguments.lidarseg, "bench", "inference", "--worker", "--vectors", str(folder)]
    ours += variant.options(width, threads)
    found["ours"] = ours
    if arguments.int8:
        found["ours_int8"] = ours + ["--precision", "int8"]
    return found


def measure(arguments, variant, width, threads):
    """Runs one group; returns its size, threads and rows, and the engines that did not start."""
    engines, failed = [], {}
    try:
        for name, command in commands(arguments, variant, width, threads).items():
            engine = Engine(name, command)
            if engine.ready is None:
                failed[name] = engine.complaint()
                engine.close()
            else:
                engines.append(engine)
        for number in range(arguments.rounds):
            for engine in random.Random(number).sample(engines, len(engines)):
                engine.run_undisturbed()
        rows = sorted((engine.row() for engine in engines), key=lambda row: row["median"])
    finally:
        for engine in engines:
            engine.close()
    return {"width": width, "threads": threads, "rows": rows, "failed": failed}


def parsed_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", required=True, metavar="DIR", help="the folder of setup")
    parser.add_argument("--lidarseg", required=True, metavar="PATH", help="our program")
    parser.add_argument("--network", choices=("squeezesegv2", "squeezeseg"),
                        default="squeezesegv2", help="squeezeseg has its recurrent CRF")
    parser.add_argument("--order", choices=("foldable", "authors"), default="foldable",
                        help="normalisation before the activation, or behind it")
    parser.add_argument("--scale", type=float, default=1, help="of the channels: 1, 0.5 or 0.25")
    parser.add_argument("--groups", default="512:1,512:2,2048:1,2048:2",
                        help="WIDTH:THREADS,... (default: %(default)s)")
    parser.add_argument("--engines", help="peers to run, by commas; all whose models are there")
    parser.add_argument("--rounds", type=int, default=12, help="bursts (default: %(default)s)")
    parser.add_argument("--int8", action="store_true", help="run lidarseg's int8 engine, too")
    parser.add_argument("--out", metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--markdown", action="store_true", help="print tables for documentation")
    arguments = parser.parse_args()
    scaled = f"{arguments.order}-{arguments.scale:g}"
    arguments.variant = scaled if arguments.network == "squeezesegv2" else "squeezeseg"
    if arguments.variant not in BY_NAME:
        parser.error(f"no network is called {arguments.variant}; there are {', '.join(BY_NAME)}")
    return arguments


def main():
    arguments = parsed_arguments()
    variant = BY_NAME[arguments.variant]
    if not (variant.folder(arguments.peers) / "complete").exists():
        sys.exit(f"error: {arguments.peers} has no models of {variant.name}\n"
                 f"hint: tools/peers/setup {arguments.peers} {variant.name}")
    report = {"network": variant.name, "date": time.strftime("%F"),
              "processor": tables.processor(), "processors": os.cpu_count(), "groups": []}
    for group in arguments.groups.split(","):
        width, threads = map(int, group.split(":"))
        report["groups"].append(measure(arguments, variant, width, threads))
        print(tables.text(report["groups"][-1]), flush=True)
        if arguments.out:
            pathlib.Path(arguments.out).write_text(json.dumps(report, indent=1) + "\n")
    if arguments.markdown:
        print(tables.markdown(report))
    for group in report["groups"]:
        for name, words in group["failed"].items():
            print(f"warning: {name} did not run: {words}", file=sys.stderr)
    if any("ours" in group["failed"] for group in report["groups"]):
        sys.exit("error: lidarseg did not run\nhint: see the warnings above")


if __name__ == "__main__":
    main()
