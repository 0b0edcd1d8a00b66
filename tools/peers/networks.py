"""SqueezeSeg and SqueezeSegV2 in PyTorch, with fixed random weights, and synthetic scans.

Written from the papers (arXiv 1710.07368, 1809.08495) and their authors' public graphs: only columns
are strided; context aggregation follows conv1, fire2 and fire3; four decoder blocks double the columns
and add what the encoder had. No dropout.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from variants import CLASSES, ROWS

ENCODER = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
DECODER = [(64, 128), (32, 64), (16, 32), (16, 32)]
CONTEXT_REDUCTION = 16


class Layer(nn.Module):
    """A convolution with ReLU, and batch normalisation before (foldable) or behind it (authors)."""

    def __init__(self, order, inputs, outputs, kernel=1, stride=(1, 1)):
        super().__init__()
        self.order = order
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2)
        self.bn = nn.Identity() if order == "squeezeseg" else nn.BatchNorm2d(outputs)

    def forward(self, x):
        x = self.conv(x)
        return self.bn(F.relu(x)) if self.order == "authors" else F.relu(self.bn(x))


class Context(nn.Module):
    """Context aggregation: a gate per cell and channel from the maxima around it."""

    def __init__(self, channels):
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // CONTEXT_REDUCTION, 1)
        self.excite = nn.Conv2d(channels // CONTEXT_REDUCTION, channels, 1)

    def forward(self, x):
        pooled = F.max_pool2d(x, 7, 1, 3)
        return x * torch.sigmoid(self.excite(F.relu(self.squeeze(pooled))))


class Fire(nn.Module):
    """A fire block; `doubles` says whether a transposed convolution doubles its columns."""

    def __init__(self, order, inputs, squeeze, expand, doubles=False):
        super().__init__()
        self.squeeze = Layer(order, inputs, squeeze)
        self.up = nn.ConvTranspose2d(squeeze, squeeze, (1, 4), (1, 2), (0, 1)) if doubles else None
        self.e1 = Layer(order, squeeze, expand)
        self.e3 = Layer(order, squeeze, expand, 3)

    def forward(self, x):
        x = self.squeeze(x)
        if self.up is not None:
            x = F.relu(self.up(x))
        return torch.cat([self.e1(x), self.e3(x)], 1)


class RecurrentField(nn.Module):
    """SqueezeSeg's recurrent conditional random field, three iterations over 3 x 5 cells."""

    ANGULAR = (0.9, 0.9, 0.6, 0.6)
    BILATERAL = (0.015, 0.015, 0.01, 0.01)
    OFFSETS = [(row, column) for row in (-1, 0, 1) for column in (-2, -1, 0, 1, 2)
               if (row, column) != (0, 0)]

    def __init__(self):
        super().__init__()
        others = 1 - torch.eye(CLASSES)
        self.angular = nn.Parameter(0.02 * others)
        self.bilateral = nn.Parameter(0.1 * others)
        kernel = torch.zeros(CLASSES, 1, 3, 5)
        for row, column in self.OFFSETS:
            for k, width in enumerate(self.ANGULAR):
                kernel[k, 0, row + 1, column + 2] = math.exp(-(row**2 + column**2) / (2 * width**2))
        self.register_buffer("kernel", kernel, persistent=False)
        scale = torch.tensor([-1 / (2 * width**2) for width in self.BILATERAL])
        self.register_buffer("scale", scale.reshape(1, CLASSES, 1, 1), persistent=False)

    def neighbours(self, x):
        """The image moved by each offset of the window; zero comes in from outside."""
        height, width = x.shape[2:]
        padded = F.pad(x, (2, 2, 1, 1))
        return [padded[:, :, 1 + row:1 + row + height, 2 + column:2 + column + width]
                for row, column in self.OFFSETS]

    def forward(self, scores, positions, mask):
        distances = [((positions - there) ** 2).sum(1, keepdim=True)
                     for there in self.neighbours(positions)]
        weights = [torch.exp(distance * self.scale) * there
                   for distance, there in zip(distances, self.neighbours(mask))]
        for _ in range(3):
            u = torch.softmax(scores, 1)
            angular = F.conv2d(u, self.kernel, padding=(1, 2), groups=CLASSES)
            sums = sum(weight * there for weight, there in zip(weights, self.neighbours(u)))
            bilateral = mask * sums * angular
            scores = u + F.conv2d(angular, self.angular.t()[:, :, None, None]) \
                + F.conv2d(bilateral, self.bilateral.t()[:, :, None, None])
        return scores


def pool(x):
    """Halves the columns."""
    return F.max_pool2d(x, 3, (1, 2), 1)


class SqueezeSeg(nn.Module):
    """A network of the family; see `variants.Variant`."""

    def __init__(self, variant):
        super().__init__()
        order, wide = variant.order, lambda channels: round(channels * variant.scale)
        stem = wide(64)
        context = Context if order != "squeezeseg" else lambda channels: nn.Identity()
        self.conv1 = Layer(order, variant.channels, stem, 3, (1, 2))
        self.cam1 = context(stem)
        self.conv1_skip = Layer(order, variant.channels, stem)
        inputs = stem
        for number, (squeeze, expand) in enumerate(ENCODER, 2):
            setattr(self, f"fire{number}", Fire(order, inputs, wide(squeeze), wide(expand)))
            inputs = 2 * wide(expand)
        self.cam2 = context(2 * wide(64))
        self.cam3 = context(2 * wide(64))
        for number, (squeeze, expand) in enumerate(DECODER, 10):
            block = Fire(order, inputs, wide(squeeze), wide(expand), doubles=True)
            setattr(self, f"fdeconv{number}", block)
            inputs = 2 * wide(expand)
        self.conv14 = nn.Conv2d(inputs, CLASSES, 3, 1, 1)
        self.field = RecurrentField() if variant.has_mask else None

    def forward(self, x, mask=None):
        skip = self.conv1_skip(x)
        first = self.cam1(self.conv1(x))
        third = self.cam3(self.fire3(self.cam2(self.fire2(pool(first)))))
        fifth = self.fire5(self.fire4(pool(third)))
        y = self.fire9(self.fire8(self.fire7(self.fire6(pool(fifth)))))
        y = self.fdeconv10(y) + fifth
        y = self.fdeconv11(y) + third
        y = self.fdeconv12(y) + first
        scores = self.conv14(self.fdeconv13(y) + skip)
        return scores if self.field is None else self.field(scores, x[:, :3], mask)


def build(variant, seed=0, calibrate=True):
    """The network with the random weights of a seed; its statistics are those of two scans."""
    torch.manual_seed(seed)
    network = SqueezeSeg(variant)
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.uniform_(module.bias, -0.1, 0.1)
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.7, 1.3)
            nn.init.uniform_(module.bias, -0.3, 0.3)
    if calibrate and not variant.has_mask:
        gather_statistics(network, variant)
    return network.eval()


def gather_statistics(network, variant):
    """Gives batch normalisation the mean statistics of two scans."""
    normalizations = [part for part in network.modules() if isinstance(part, nn.BatchNorm2d)]
    network.train()
    for part in normalizations:
        part.momentum = None
    with torch.no_grad():
        for seed in (100, 101):
            network(*inputs(variant, 512, seed))
    for part in normalizations:
        part.momentum = 0.1


def inputs(variant, width, seed=1, batch=1):
    """What the network is given for a synthetic scan of 64 rows."""
    features, mask = scan(width, seed, batch)
    return (features[:, :5].contiguous(), mask) if variant.has_mask else (features,)


def scan(width, seed, batch=1):
    """Normalised x, y, z, intensity, range and mask of a synthetic scan, and its mask.

    A fifth of the cells is empty. Walls 8 to 18 m away stand on a plane 1.73 m below.
    """
    generator = torch.Generator().manual_seed(seed)
    azimuth = torch.linspace(-0.785, 0.785, width).view(1, 1, width)
    elevation = torch.linspace(0.03, -0.43, ROWS).view(1, ROWS, 1)
    walls = 8 + 10 * F.interpolate(
        torch.rand(batch, 1, 8, 32, generator=generator), (ROWS, width), mode="bilinear",
        align_corners=False)[:, 0]
    distance = torch.minimum(walls, 1.73 / torch.clamp(-torch.sin(elevation), min=0.02))
    x = distance * torch.cos(elevation) * torch.cos(azimuth)
    y = distance * torch.cos(elevation) * torch.sin(azimuth)
    z = distance * torch.sin(elevation)
    intensity = torch.rand(batch, ROWS, width, generator=generator) * 0.6
    mask = (torch.rand(batch, ROWS, width, generator=generator) > 0.2).float()[:, None]
    features = torch.stack(
        [(x - 10.88) / 11.47, (y - 0.23) / 6.91, (z + 1.04) / 0.86, (intensity - 0.21) / 0.16,
         (distance - 12.12) / 12.32, torch.ones_like(distance)], 1)
    return (features * mask).contiguous(), mask
