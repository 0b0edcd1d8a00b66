#!/usr/bin/env python3
"""Exports the networks for all engines to DIR/models; what is there already is kept."""
import argparse
import pathlib
import subprocess
import sys
import warnings

import numpy as np
import onnx
import torch

import vectors
from networks import build, inputs
from quantize import quantize
from variants import ALL, BY_NAME, WIDTHS


def export_onnx(network, example, path):
    """Writes an ONNX file with named inputs and fixed sizes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, example, path, dynamo=False, opset_version=17,
                          input_names=["input", "mask"][:len(example)], output_names=["scores"])
    onnx.checker.check_model(onnx.load(path))


def export_ncnn(network, example, folder, width):
    """Converts to ncnn by way of TorchScript; pnnx writes its other files beside."""
    script = folder / f"model_{width}.pt"
    with torch.no_grad():
        torch.jit.trace(network, example).save(script)
    converter = pathlib.Path(sys.executable).parent / "pnnx"
    shape = "[" + ",".join(map(str, example[0].shape)) + "]"
    with open(folder / f"pnnx_{width}.log", "w") as log:
        subprocess.run([converter, script.name, f"inputshape={shape}"], cwd=folder, stdout=log,
                       stderr=log, check=True)


def export(variant, width, folder, state):
    """Writes everything for one network at one width."""
    network = build(variant, calibrate=False)
    network.load_state_dict(state)
    example = inputs(variant, width)
    with torch.no_grad():
        scores = network(*example)
    arrays = dict(zip(("input", "mask"), (tensor.numpy() for tensor in example)))
    np.savez(folder / f"io_{width}.npz", scores=scores.numpy(), **arrays)
    export_onnx(network, example, folder / f"model_{width}.onnx")
    if not variant.has_mask:
        export_ncnn(network, example, folder, width)
        quantize(variant, width, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peers", metavar="DIR", help="the folder that tools/peers/setup fills")
    parser.add_argument("variants", metavar="VARIANT", nargs="*", default=list(BY_NAME),
                        help="one of " + ", ".join(variant.name for variant in ALL))
    arguments = parser.parse_args()
    unknown = set(arguments.variants) - set(BY_NAME)
    if unknown:
        parser.error(f"no network is called {', '.join(sorted(unknown))}")
    for name in arguments.variants:
        variant = BY_NAME[name]
        folder = variant.folder(arguments.peers)
        if (folder / "complete").exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        state = build(variant).state_dict()
        torch.save(state, folder / "weights.pt")
        for width in WIDTHS:
            export(variant, width, folder, state)
            print(f"exported {name} 64x{width}", flush=True)
        vectors.write(folder)
        (folder / "complete").touch()


if __name__ == "__main__":
    main()
