#!/usr/bin/env python3
"""Small LAS files by the package laspy, for Tests/PointCloudIOTests/Fixtures.

    las_points.py FOLDER

Needs the package laspy. Writes format0.las to format10.las, one for each point format in the oldest version that
laspy gives it: seven points near (548000.125, 4184000.25, 12.5) in steps of 1 mm, with every property that the
tests look at.
"""
import pathlib
import sys

import laspy
import numpy


def write(path, point_format):
    version = "1.4" if point_format >= 6 else "1.3" if point_format >= 4 else "1.2"
    header = laspy.LasHeader(point_format=point_format, version=version)
    header.scales, header.offsets = [0.001, 0.001, 0.001], [548000, 4184000, 0]
    header.vlrs.append(laspy.VLR(user_id="goldens", record_id=1, description="skipped", record_data=b"12345"))
    las = laspy.LasData(header)
    number = numpy.arange(7)
    las.x, las.y, las.z = 548000.125 + number * 1.001, 4184000.25 - number * 0.503, 12.5 + number * 0.002
    las.intensity = number * 9000
    las.return_number = 1 + number % 3
    las.number_of_returns = numpy.full(7, 3)
    las.classification = 2 + number
    las.user_data = 10 + number
    las.point_source_id = numpy.full(7, 513)
    if point_format >= 6:
        las.scan_angle = number * 500
        las.overlap = number % 2
        las.scanner_channel = number % 4
    else:
        las.scan_angle_rank = number - 3
        las.key_point = number % 2
    dimensions = set(las.point_format.dimension_names)
    if "gps_time" in dimensions:
        las.gps_time = 300000 + number * 0.125
    if "red" in dimensions:
        las.red, las.green, las.blue = number * 100, number * 200, number * 300
    if "nir" in dimensions:
        las.nir = number * 400
    las.write(path)


def main():
    folder = pathlib.Path(sys.argv[1])
    for point_format in range(11):
        write(folder / f"format{point_format}.las", point_format)
    print(f"laspy {laspy.__version__}, numpy {numpy.__version__}, Python {sys.version.split()[0]}")


main()
