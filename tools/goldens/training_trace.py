#!/usr/bin/env python3
"""Ten training steps of the authors' SqueezeSegV2 in double precision, by PyTorch.

    training_trace.py [--rate 0.05] WEIGHTS.npz SCANS.npz LIDAR LABEL [INDEX ...] > trace.json

WEIGHTS has the names of the authors' checkpoints, kernels [O, I, KH, KW] and, for `deconv`, [I, O, KH, KW].
SCANS holds the arrays LIDAR [N, H, W, 5] (x, y, z, intensity, range) and LABEL [N, H, W]; INDEX are the
scans of the batch. The network is the original's (xuanyuzhou98/SqueezeSegV2): convolution, bias, ReLU, batch
normalisation with the batch's statistics; no dropout; the recurrent random field behind it; focal loss;
weight decay on kernels, each gradient cut down to a norm of 1, momentum 0.9.
Tests/AcceptanceTests/TrainingTraceTests.swift holds what it printed.
"""
import argparse
import json

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
MEAN = torch.tensor([10.88, 0.23, -1.04, 0.21, 12.12])
STD = torch.tensor([11.47, 6.91, 0.86, 0.16, 12.32])
CLASS_WEIGHT = torch.tensor([1 / 3, 1, 3.5, 3.5])
THETA = torch.tensor([0.9, 0.9, 0.6, 0.6])
BILATERAL = torch.tensor([0.015, 0.015, 0.01, 0.01])
OFFSETS = [(dy, dx) for dy in (-1, 0, 1) for dx in (-2, -1, 0, 1, 2) if (dy, dx) != (0, 0)]


class Network:
    def __init__(self, weights):
        self.p = {name: torch.tensor(value, dtype=torch.float64) for name, value in weights.items()
                  if not name.endswith(("moving_mean", "moving_var"))}
        for value in self.p.values():
            value.requires_grad_()

    def conv(self, name, x, stride=1):
        kernel = self.p[name + "/kernels"]
        if kernel.shape[-1] == 3:
            # SAME: with a step of 2 and an even width the odd padding column goes behind.
            x = F.pad(x, (0, 1, 1, 1) if stride == 2 else (1, 1, 1, 1))
        return F.conv2d(x, kernel, self.p[name + "/biases"], stride=(1, stride))

    def layer(self, name, x, stride=1):
        x = F.relu(self.conv(name, x, stride))
        return F.batch_norm(x, None, None, self.p[name + "/gamma"], self.p[name + "/beta"], True, 0, 1e-5)

    def context(self, name, x):
        pooled = F.max_pool2d(x, 7, 1, 3)
        gate = torch.sigmoid(self.conv(name + "/excitation", F.relu(self.conv(name + "/squeeze", pooled))))
        return x * gate

    def expand(self, name, x):
        return torch.cat([self.layer(name + "/expand1x1", x), self.layer(name + "/expand3x3", x)], 1)

    def fire(self, name, x):
        return self.expand(name, self.layer(name + "/squeeze1x1", x))

    def up(self, name, x):
        x = self.layer(name + "/squeeze1x1", x)
        x = F.conv_transpose2d(x, self.p[name + "/deconv/kernels"], self.p[name + "/deconv/biases"],
                               (1, 2), (0, 1))
        return self.expand(name, F.relu(x))

    def field(self, z, xyz, mask):
        def shifted(x):
            padded = F.pad(x, (2, 2, 1, 1))
            height, width = x.shape[2:]
            return torch.stack([padded[:, :, 1 + dy:1 + dy + height, 2 + dx:2 + dx + width] for dy, dx in OFFSETS], 2)

        squares = torch.tensor([float(dy * dy + dx * dx) for dy, dx in OFFSETS])
        near = torch.exp(-squares[None] / (2 * THETA[:, None] ** 2))[None, :, :, None, None]
        distance = ((shifted(xyz) - xyz[:, :, None]) ** 2).sum(1)
        alike = torch.exp(-distance[:, None] / (2 * BILATERAL[None, :, None, None, None] ** 2))
        angular = self.p["recurrent_crf/angular_compatibility_matrix"]
        bilateral = self.p["recurrent_crf/bilateral_compatibility_matrix"]
        for _ in range(3):
            u = F.softmax(z, 1)
            around = shifted(u)
            a = (near * around).sum(2)
            b = mask * (alike * around * shifted(mask)).sum(2) * a
            z = u + torch.einsum("nihw,io->nohw", a, angular) + torch.einsum("nihw,io->nohw", b, bilateral)
        return z

    def __call__(self, x, mask):
        pool = lambda y: F.max_pool2d(F.pad(y, (0, 1, 1, 1), value=float("-inf")), 3, (1, 2))
        first = self.context("se1", self.layer("conv1", x, 2))
        skip = self.layer("conv1_skip", x)
        third = self.context("se3", self.fire("fire3", self.context("se2", self.fire("fire2", pool(first)))))
        fifth = self.fire("fire5", self.fire("fire4", pool(third)))
        y = pool(fifth)
        for name in ("fire6", "fire7", "fire8", "fire9"):
            y = self.fire(name, y)
        y = self.up("fire_deconv10", y) + fifth
        y = self.up("fire_deconv11", y) + third
        y = self.up("fire_deconv12", y) + first
        y = self.up("fire_deconv13", y) + skip
        return self.field(self.conv("conv14_prob", y), x[:, :3], mask)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=0.05)
    for name in ("weights", "scans", "lidar", "label"):
        parser.add_argument(name)
    parser.add_argument("index", type=int, nargs="*")
    given = parser.parse_args()
    archive = np.load(given.scans)
    chosen = given.index or list(range(len(archive[given.lidar])))
    raw = torch.tensor(archive[given.lidar][chosen].astype(np.float64))
    truth = torch.tensor(archive[given.label][chosen].astype(np.int64))
    mask = (raw[..., 4:] > 0).double().permute(0, 3, 1, 2)
    x = torch.cat([((raw - MEAN) / STD).permute(0, 3, 1, 2), mask], 1)
    network = Network(dict(np.load(given.weights)))
    velocity = {name: torch.zeros_like(value) for name, value in network.p.items()}
    losses = []
    for _ in range(10):
        p = F.softmax(network(x, mask), 1) + 1e-12
        p = p.gather(1, truth[:, None])
        focal = (mask * CLASS_WEIGHT[truth][:, None] * (1 - p) ** 2 * -torch.log(p)).sum() * 15 / mask.sum()
        decay = sum((value ** 2).sum() for name, value in network.p.items() if name.endswith("/kernels"))
        loss = focal + 1e-4 / 2 * decay
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, list(network.p.values()))
        with torch.no_grad():
            for (name, value), gradient in zip(network.p.items(), gradients):
                gradient = gradient * min(1.0, 1 / gradient.norm().item())
                velocity[name] = 0.9 * velocity[name] + gradient
                value -= given.rate * velocity[name]
    print(json.dumps({"torch": torch.__version__, "losses": losses}))


main()
