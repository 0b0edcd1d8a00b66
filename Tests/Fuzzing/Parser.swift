import Exchange
import Foundation
import Packets
import PointCloudIO
import Recordings
import Sensors
import Streams

/// A parser of what comes from outside, which `--parser=NAME` chooses.
enum Parser: String, CaseIterable {
  /// Captures, the datagrams in them, and packets of every Velodyne model.
  case packets
  /// What comes through standard input.
  case streams
  case mcap
  case rosbag1
  /// Databases of rosbag2, and the metadata beside them.
  case rosbag2
  /// Messages in CDR and as ROS 1 has them.
  case messages
  /// LZ4, Zstandard and bzip2.
  case packings
  case las
  case pcd
  case ply
  /// Arrays of points, images, and those of any shape.
  case npy
  /// Files without a header, labels, and the recognition of formats.
  case scans
  /// Weights, and the models that they are part of.
  case safetensors
  case npz
  /// Tables of sensors.
  case sensors

  static let chosen: Self = {
    let name = CommandLine.value(of: "--parser") ?? ""
    guard let parser = Self(rawValue: name) else {
      print("error: no parser is called \"\(name)\"")
      exit(2)
    }
    return parser
  }()

  func fuzz(_ bytes: [UInt8]) {
    switch self {
    case .packets: fuzzPackets(bytes)
    case .streams: fuzzStreams(bytes)
    case .mcap: fuzzMCAP(bytes)
    case .rosbag1: fuzzRosbag1(bytes)
    case .rosbag2: fuzzRosbag2(bytes)
    case .messages: fuzzMessages(bytes)
    case .packings: fuzzPackings(bytes)
    case .las:
      fuzzLAS(bytes)
      fuzzScan(bytes, as: .las)
    case .pcd: fuzzScan(bytes, as: .pcd)
    case .ply: fuzzScan(bytes, as: .ply)
    case .npy:
      fuzzScan(bytes, as: .squeezeSegNpy)
      fuzzNumpy(bytes)
    case .scans:
      fuzzScan(bytes)
      fuzzScan(bytes, as: .kittiBin)
      fuzzScan(bytes, as: .nuScenes)
      fuzzLabels(bytes)
    case .safetensors: fuzzSafetensors(bytes)
    case .npz: fuzzNPZ(bytes)
    case .sensors: fuzzSensorTable(bytes)
    }
  }
}
