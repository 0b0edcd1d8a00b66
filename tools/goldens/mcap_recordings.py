#!/usr/bin/env python3
"""Small MCAP files by the format's own Python package, for Tests/RecordingsTests/Fixtures.

    mcap_recordings.py FOLDER

Needs the packages mcap and mcap-ros2-support. Writes NAME.mcap with two topics:
/points (sensor_msgs/msg/PointCloud2, three clouds of five points) and /log (std_msgs/msg/String, two texts),
with an attachment and a record of metadata between them. Message I is recorded at 1000000000 + 100 I ns.
"""
import io
import pathlib
import struct
import sys

import mcap
from mcap.writer import CompressionType, IndexType, Writer
from mcap_ros2.writer import Writer as RosWriter

SEPARATOR = "=" * 80
DEFINITION = f"""std_msgs/Header header
uint32 height
uint32 width
sensor_msgs/PointField[] fields
bool is_bigendian
uint32 point_step
uint32 row_step
uint8[] data
bool is_dense
{SEPARATOR}
MSG: std_msgs/Header
builtin_interfaces/Time stamp
string frame_id
{SEPARATOR}
MSG: builtin_interfaces/Time
int32 sec
uint32 nanosec
{SEPARATOR}
MSG: sensor_msgs/PointField
string name
uint32 offset
uint8 datatype
uint32 count
"""


def cloud(index):
    """Five points x, y, z, intensity (uint8 at byte 12), ring (uint16 at byte 13), t (uint32 at byte 15)."""
    points = [(index + 0.5, -float(number), number * 0.25, 10 * number, number, 1000 * number)
              for number in range(5)]
    data = b"".join(struct.pack("<fffBHI", *point) for point in points)
    fields = [("x", 0, 7), ("y", 4, 7), ("z", 8, 7), ("intensity", 12, 2), ("ring", 13, 4), ("t", 15, 6)]
    return {
        "header": {"stamp": {"sec": 7, "nanosec": index}, "frame_id": "lidar"},
        "height": 1, "width": 5, "is_bigendian": False, "point_step": 19, "row_step": 95, "is_dense": True,
        "fields": [{"name": n, "offset": o, "datatype": d, "count": 1} for n, o, d in fields],
        "data": data,
    }


def write(path, compression, chunked, summary=True):
    options = {} if summary else {
        "index_types": IndexType.NONE, "repeat_channels": False, "repeat_schemas": False,
        "use_statistics": False, "use_summary_offsets": False}
    with open(path, "wb") as stream:
        writer = RosWriter(io.BytesIO())
        writer._writer = Writer(stream, chunk_size=250, compression=compression, use_chunking=chunked,
                                enable_crcs=True, enable_data_crcs=True, **options)
        writer._writer.start(profile="ros2", library="goldens")
        points = writer.register_msgdef("sensor_msgs/msg/PointCloud2", DEFINITION)
        log = writer.register_msgdef("std_msgs/msg/String", "string data\n")
        for index in range(5):
            time = 1_000_000_000 + 100 * index
            if index % 2 == 0:
                writer.write_message("/points", points, cloud(index), log_time=time, publish_time=time)
            else:
                text = {"data": f"message {index}"}
                writer.write_message("/log", log, text, log_time=time, publish_time=time)
            if index == 2:
                writer._writer.add_attachment(time, time, "note.txt", "text/plain", b"an attachment")
                writer._writer.add_metadata("about", {"key": "value"})
        writer.finish()


def main():
    folder = pathlib.Path(sys.argv[1])
    write(folder / "unchunked.mcap", CompressionType.NONE, chunked=False)
    write(folder / "none.mcap", CompressionType.NONE, chunked=True)
    write(folder / "lz4.mcap", CompressionType.LZ4, chunked=True)
    write(folder / "zstd.mcap", CompressionType.ZSTD, chunked=True)
    write(folder / "unsummarised.mcap", CompressionType.ZSTD, chunked=True, summary=False)
    print(f"mcap {mcap.__version__}, Python {sys.version.split()[0]}")


main()
