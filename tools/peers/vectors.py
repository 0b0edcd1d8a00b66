"""The weights, inputs and expected outputs as lidarseg's benchmark worker reads them.

PyTorch pads evenly (one column on each side at stride 2), our network as TensorFlow does (none
before, one behind). The two are mirror images of each other: with kernels, input and output flipped
from left to right the results are equal to the last cell, at the same cost.
"""
import numpy as np
import torch

from variants import WIDTHS

LAYERS = {"squeeze": "squeeze1x1", "e1": "expand1x1", "e3": "expand3x3"}
NORMALIZATION = {
    "weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_var"}
PARAMETER = {"weight": "kernels", "bias": "biases"}
FIELD = {"angular": "angular_compatibility_matrix", "bilateral": "bilateral_compatibility_matrix"}
ARRAYS = {"input": "features", "mask": "mask", "scores": "scores"}


def our_block(name):
    """The authors' name of a block."""
    if name.startswith("cam"):
        return "se" + name[3:]
    if name.startswith("fdeconv"):
        return "fire_deconv" + name[7:]
    return "conv14_prob" if name == "conv14" else name


def our_name(name):
    """The authors' name of a parameter, or None for counters."""
    *path, last = name.split(".")
    if last == "num_batches_tracked":
        return None
    if path[0] == "field":
        return "recurrent_crf/" + FIELD[last]
    names = [our_block(path[0])]
    for part in path[1:]:
        if part == "up":
            names.append("deconv")
        elif part == "excite":
            names.append("excitation")
        elif part in LAYERS:
            names.append("squeeze" if path[0].startswith("cam") else LAYERS[part])
    names.append(NORMALIZATION[last] if path[-1] == "bn" else PARAMETER[last])
    return "/".join(names)


def write(folder):
    """Writes `lidarseg_weights.npz` and `lidarseg_vectors_WIDTH.npz` of a network's folder."""
    weights = {}
    for name, tensor in torch.load(folder / "weights.pt").items():
        ours = our_name(name)
        if ours:
            array = tensor.numpy().astype(np.float32)
            weights[ours] = np.ascontiguousarray(array[..., ::-1] if array.ndim == 4 else array)
    np.savez(folder / "lidarseg_weights.npz", **weights)
    for width in WIDTHS:
        arrays = np.load(folder / f"io_{width}.npz")
        flipped = {ARRAYS[name]: np.ascontiguousarray(
            arrays[name].transpose(0, 2, 3, 1)[:, :, ::-1]) for name in arrays.files}
        np.savez(folder / f"lidarseg_vectors_{width}.npz", **flipped)
