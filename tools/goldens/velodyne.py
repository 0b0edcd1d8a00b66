#!/usr/bin/env python3
"""One packet of every Velodyne model with made-up values, and the points velodyne-decoder makes of it.

    velodyne.py > Tests/Goldens/velodyne.json

Needs numpy, pyyaml and velodyne-decoder 3.1.0 with importlib_resources. The values are of a seed, no
sensor's.
velodyne-decoder rounds azimuths to hundredths of a degree: distances stay below 15 m, where that is
1.3 mm. It does not turn a VLS-128 between its lasers, so that one's azimuth stands still, and it takes
the times of another revision of that sensor, which are left out.
"""
import json
import platform
import struct
import sys

import numpy as np
import velodyne_decoder as vd
import yaml

UPPER, LOWER, THIRD, FOURTH = 0xEEFF, 0xDDFF, 0xCCFF, 0xBBFF
STAMP = 1_000_000
LASER = ["vert_correction", "rot_correction", "vert_offset_correction", "horiz_offset_correction",
         "dist_correction"]


def packet(random, flags, azimuths, unit, factory, repeated):
    data, before = b"", None
    for index, (flag, azimuth) in enumerate(zip(flags, azimuths)):
        data += struct.pack("<HH", flag, azimuth % 36000)
        distances = random.integers(int(0.6 / unit), int(15 / unit), 32) * (random.random(32) < 0.3)
        values = list(zip(distances.tolist(), random.integers(0, 256, 32).tolist()))
        if flag == 0:
            values = [(0, 0)] * 32
        if repeated and index % 2 == 1:
            values = [old if old[0] and n % 3 == 0 else new
                      for n, (old, new) in enumerate(zip(before, values))]
        before = values
        data += b"".join(struct.pack("<HB", *value) for value in values)
    return data + struct.pack("<I", STAMP) + factory


def decode(model, calibration, data):
    config = vd.Config(model=model, calibration=calibration, min_range=0, max_range=1000)
    packets = vd.PacketVector([vd.VelodynePacket(STAMP * 1e-6, data)])
    return vd.ScanDecoder(config).decode(packets, True)[1]


def lasers(calibration):
    return [[float(laser[name]) for name in LASER]
            for laser in yaml.safe_load(calibration.to_string())["lasers"]]


def bundled(name):
    """A calibration without what depends on the distance, and without corrections of intensities."""
    whole = yaml.safe_load(vd.get_bundled_calibration(name).to_string())
    keys = LASER + ["laser_id"]
    return vd.Calibration.from_string(yaml.safe_dump({
        "num_lasers": len(whole["lasers"]), "distance_resolution": whole["distance_resolution"],
        "lasers": [{key: laser[key] for key in keys} for laser in whole["lasers"]]}))


def case(name, model, flags, azimuths, unit, factory, seed, calibration=None, repeated=False, timed=True):
    data = packet(np.random.default_rng(seed), flags, azimuths, unit, factory, repeated)
    points = decode(model, calibration, data)
    beams = int(points["ring"].max()) + 1
    rows = [[round(float(p["x"]), 5), round(float(p["y"]), 5), round(float(p["z"]), 5),
             int(p["intensity"]), int(p["ring"])] + ([round(float(p["time"]) * 1e6, 2)] if timed else [])
            for p in points]
    print(f"{name}: {len(rows)} points, rings below {beams}", file=sys.stderr)
    return {"model": name, "packet": data.hex(), "points": rows,
            "lasers": lasers(calibration) if calibration else None}


def main():
    one = [35800 + 40 * index for index in range(12)]
    pairs = [35900 + 40 * (index // 2) for index in range(12)]
    wheel = bundled("HDL-64E_S3-xiesc.yml")
    for_s2 = bundled("HDL-64E_S2.1-sztaki.yml")
    banks = [UPPER, LOWER] * 6
    cases = [
        case("VLP-16", vd.Model.VLP16, [UPPER] * 12, one, 0.002, b"\x37\x22", 1),
        case("VLP-16", vd.Model.VLP16, [UPPER] * 12, pairs, 0.002, b"\x39\x22", 2, repeated=True),
        case("Puck Hi-Res", vd.Model.PuckHiRes, [UPPER] * 12, one, 0.002, b"\x38\x24", 3),
        case("HDL-32E", vd.Model.HDL32E, [UPPER] * 12, one, 0.002, b"\x37\x21", 4),
        case("VLP-32C", vd.Model.VLP32C, [UPPER] * 12, one, 0.004, b"\x37\x28", 5),
        case("HDL-64E S2", vd.Model.HDL64E_S2, banks, pairs, 0.002, b"\x00\x00", 6, for_s2),
        case("HDL-64E S3", vd.Model.HDL64E_S3, banks, pairs, 0.002, b"\x00\x00", 7, wheel),
        case("VLS-128", vd.Model.VLS128, [UPPER, LOWER, THIRD, FOURTH] * 3, [12345] * 12, 0.004,
             b"\x37\xa1", 8, timed=False),
    ]
    print(json.dumps({"script": "tools/goldens/velodyne.py",
                      "versions": {"velodyne-decoder": vd.__version__, "numpy": np.__version__,
                                   "python": platform.python_version()}, "cases": cases},
                     separators=(",", ":")).replace('{"model"', '\n{"model"').replace("],[", "],\n["))


if __name__ == "__main__":
    main()
