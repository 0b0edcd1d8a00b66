#!/usr/bin/env python3
"""Small ROS bags by the package rosbags, for Tests/RecordingsTests/Fixtures.

    ros_recordings.py FOLDER

Needs the package rosbags. Writes NAME.bag (ROS 1, format 2.0: chunks none, bz2, lz4) and the folders of
rosbag2 plain (a database), messages and file (compressed by rosbag2 as these), mcap, messages_mcap; view.db3 is a
trap, with an endless view for a table. All have /points
(PointCloud2, three clouds of five points, ring big-endian in ROS 1) and /packets (velodyne_msgs/VelodyneScan,
two scans of one packet). Message I is recorded at 1000000000 + 100 I ns.
"""
import pathlib
import shutil
import sqlite3
import struct
import sys
from importlib.metadata import version

import numpy
from rosbags.rosbag1 import Writer as Writer1
from rosbags.rosbag2 import CompressionFormat, CompressionMode, StoragePlugin
from rosbags.rosbag2 import Writer as Writer2
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

DEFINITIONS = {
    "velodyne_msgs/msg/VelodynePacket": "builtin_interfaces/Time stamp\nuint8[1206] data\n",
    "velodyne_msgs/msg/VelodyneScan": "std_msgs/Header header\nvelodyne_msgs/VelodynePacket[] packets\n",
}


def messages(store, is_ros1):
    """Topic, type, time and message of each of the five."""
    order = ">" if is_ros1 else "<"
    types = store.types

    def header(index):
        values = {"stamp": types["builtin_interfaces/msg/Time"](7, index), "frame_id": "lidar"}
        return types["std_msgs/msg/Header"](**({"seq": index} if is_ros1 else {}), **values)

    for index in range(5):
        time = 1_000_000_000 + 100 * index
        if index % 2:
            packet = types["velodyne_msgs/msg/VelodynePacket"](
                types["builtin_interfaces/msg/Time"](8, index),
                numpy.full(1206, index, dtype=numpy.uint8))
            yield "/packets", time, types["velodyne_msgs/msg/VelodyneScan"](header(index), [packet])
            continue
        points = [(index + 0.5, -float(number), number * 0.25, 10 * number, number, 1000 * number)
                  for number in range(5)]
        data = b"".join(struct.pack(order + "fffBHI", *point) for point in points)
        fields = [types["sensor_msgs/msg/PointField"](*field, 1) for field in (
            ("x", 0, 7), ("y", 4, 7), ("z", 8, 7), ("intensity", 12, 2), ("ring", 13, 4), ("t", 15, 6))]
        yield "/points", time, types["sensor_msgs/msg/PointCloud2"](
            header(index), 1, 5, fields, is_ros1, 19, 95, numpy.frombuffer(data, dtype=numpy.uint8), True)


def typestore(which, is_ros1):
    store = get_typestore(which)
    for name, text in DEFINITIONS.items():
        text = text.replace("builtin_interfaces/Time", "time") if is_ros1 else text
        store.register(get_types_from_msg(text, name))
    return store


def fill(writer, store, is_ros1):
    connections = {}
    for topic, time, message in messages(store, is_ros1):
        kind = message.__msgtype__
        if topic not in connections:
            connections[topic] = writer.add_connection(topic, kind, typestore=store)
        encode = store.serialize_ros1 if is_ros1 else store.serialize_cdr
        writer.write(connections[topic], time, bytes(encode(message, kind)))


def main():
    folder = pathlib.Path(sys.argv[1])
    store1, store2 = typestore(Stores.ROS1_NOETIC, True), typestore(Stores.ROS2_HUMBLE, False)
    for compression in (None, Writer1.CompressionFormat.BZ2, Writer1.CompressionFormat.LZ4):
        path = folder / f"{compression.name.lower() if compression else 'none'}.bag"
        path.unlink(missing_ok=True)
        writer = Writer1(path)
        writer.chunk_threshold = 700
        if compression:
            writer.set_compression(compression)
        with writer:
            fill(writer, store1, True)
    for name, mode, plugin in (("plain", None, StoragePlugin.SQLITE3),
                               ("messages", CompressionMode.MESSAGE, StoragePlugin.SQLITE3),
                               ("file", CompressionMode.FILE, StoragePlugin.SQLITE3),
                               ("mcap", None, StoragePlugin.MCAP),
                               ("messages_mcap", CompressionMode.MESSAGE, StoragePlugin.MCAP)):
        path = folder / name
        shutil.rmtree(path, ignore_errors=True)
        writer = Writer2(path, version=8, storage_plugin=plugin)
        if mode:
            writer.set_compression(mode, CompressionFormat.ZSTD)
        with writer:
            fill(writer, store2, False)
        for database in path.glob("*.db3"):
            # Small pages make a small file.
            connection = sqlite3.connect(database)
            connection.executescript("PRAGMA page_size = 512; VACUUM;")
            connection.close()
    view = folder / "view.db3"
    view.unlink(missing_ok=True)
    connection = sqlite3.connect(view)
    connection.executescript("""PRAGMA page_size = 512;
        CREATE TABLE topics(id INTEGER PRIMARY KEY, name TEXT, type TEXT, serialization_format TEXT);
        CREATE VIEW messages AS WITH RECURSIVE m(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM m)
            SELECT id, 1 AS topic_id, id AS timestamp, x'00' AS data FROM m;""")
    connection.close()
    print(f"rosbags {version('rosbags')}, Python {sys.version.split()[0]}")


main()
