"""The harness' figures as tables."""
import shlex
import sys

from engines import LABELS


def processor():
    """The processor's own name."""
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown processor"


def ratios(group):
    """Each row, and its median by ONNX Runtime's in 32 bits, or None where that did not run."""
    reference = next((row["median"] for row in group["rows"] if row["engine"] == "ort"), None)
    return [(row, row["median"] / reference if reference else None) for row in group["rows"]]


def text(group):
    """One group for the terminal."""
    lines = [f"\n64 x {group['width']}, {group['threads']} thread(s)"]
    lines.append("%-27s %9s %9s %9s %7s %8s %10s %7s" % (
        "engine", "median ms", "best", "p90", "by ORT", "MiB", "agreement", "bursts"))
    for row, ratio in ratios(group):
        lines.append("%-27s %9.2f %9.2f %9.2f %7s %8.0f %10.5f %4d/%d" % (
            LABELS[row["engine"]], row["median"], row["best"], row["p90"],
            "-" if ratio is None else f"{ratio:.2f}", row["peakMebibytes"], row["agreement"],
            row["quietBursts"], row["bursts"]))
    return "\n".join(lines)


def markdown(report):
    """All groups with the command, the processor and the versions."""
    versions = {row["version"] for group in report["groups"] for row in group["rows"]}
    lines = [f"\n`tools/bench inference {shlex.join(public_arguments(sys.argv[1:]))}`, "
             f"{report['processor']}, {report['processors']} processors, {report['date']}; "
             f"{', '.join(sorted(versions))}."]
    for group in report["groups"]:
        lines += ["", f"| 64 x {group['width']}, {group['threads']} thread(s) | median ms | best "
                  "| p90 | by ONNX Runtime | peak MiB | agreement |", "|---|---|---|---|---|---|---|"]
        for row, ratio in ratios(group):
            lines.append("| %s | %.2f | %.2f | %.2f | %s | %.0f | %.5f |" % (
                LABELS[row["engine"]], row["median"], row["best"], row["p90"],
                "" if ratio is None else f"{ratio:.2f}", row["peakMebibytes"], row["agreement"]))
    return "\n".join(lines)


def public_arguments(arguments):
    """The arguments as they are typed: without our program's path, and with DIR for the folder."""
    shown = list(arguments)
    for option, word in (("--lidarseg", None), ("--peers", "DIR"), ("--out", None)):
        while option in shown:
            position = shown.index(option)
            shown[position:position + 2] = [option, word] if word else []
            if word:
                break
    return shown
