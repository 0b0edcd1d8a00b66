import Exchange
import Foundation
import Graphs
import Packets
import PointCloudIO
import PointClouds
import RangeImages
import Recordings
import Streams
import Tensors

/// Small whole files of every parser, made by the project's own writers, for libFuzzer to start from.
struct Seeds {
  private let folder: URL

  init(in folder: String) {
    self.folder = URL(fileURLWithPath: folder)
  }

  func write() throws {
    for parser in Parser.allCases {
      try FileManager.default.createDirectory(
        at: folder.appending(path: parser.rawValue), withIntermediateDirectories: true)
    }
    try writePackets()
    try writeRecordings()
    try writePackedBytes()
    try writeScans()
    try writeWeights()
  }

  private func path(_ parser: Parser, _ name: String) -> String {
    folder.appending(path: "\(parser.rawValue)/\(name)").path
  }

  private func write(_ bytes: some Sequence<UInt8>, _ parser: Parser, _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(parser, name)))
  }

  private func writePackets() throws {
    let payloads = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp()).packets(3).map(
      \.bytes)
    var pcap = CaptureWriter()
    pcap.pcapHeader()
    var pcapng = CaptureWriter()
    pcapng.section()
    pcapng.interface(resolution: 9)
    for (number, payload) in payloads.enumerated() {
      let datagram = NetworkWriter.udp(payload)
      let whole = NetworkWriter.ethernet(NetworkWriter.internet(datagram), tags: [0x8100])
      pcap.pcapRecord(seconds: 1, fraction: UInt32(number), whole)
      let first = NetworkWriter.internet(Array(datagram[..<800]), isFollowed: true)
      let second = NetworkWriter.internet(Array(datagram[800...]), fragmentOffset: 800)
      let long = NetworkWriter.ethernet(NetworkWriter.internet6(datagram), type: 0x86dd)
      pcapng.enhancedPacket(NetworkWriter.ethernet(first), ticks: 1)
      pcapng.simplePacket(NetworkWriter.ethernet(second))
      pcapng.obsoletePacket(long, ticks: 2)
    }
    for parser in [Parser.packets, .streams] { try write(pcap.bytes, parser, "pcap") }
    try write(pcapng.bytes, .packets, "pcapng")
    try write(payloads[0], .packets, "payload")
    let encoder = OusterEncoder()
    try write(encoder.frames(1)[0].bytes, .packets, "ouster")
    try write(encoder.json(), .packets, "metadata")
    try write(
      FrameSweeps.bytes(of: scan.cloud, labels: scan.labels, time: 1)
        + FrameSweeps.bytes(of: scan.cloud), .streams, "frames")
  }

  private func writeRecordings() throws {
    let cloud = PointCloud2Message(scan)
    let packet = VelodyneScanMessage.Packet(stamp: 3, bytes: [UInt8](repeating: 1, count: 1206))
    let packets = VelodyneScanMessage(
      header: MessageHeader(stamp: 2, frame: "velodyne"), packets: [packet])
    try write(cloud.encoded(), .messages, "cloud")
    try write(packets.encoded(), .messages, "packets")
    for isCompressed in [true, false] {
      let writer = try MCAPWriter(
        path: path(.mcap, isCompressed ? "packed" : "plain"), isCompressed: isCompressed)
      let topic = writer.addPointCloudTopic("/points")
      try writer.write(cloud, to: topic)
      try writer.finish()
    }
    try FileManager.default.copyItem(atPath: path(.mcap, "plain"), toPath: path(.streams, "mcap"))
  }

  /// "lidar", nine times.
  private func writePackedBytes() throws {
    let content = Array(String(repeating: "lidar", count: 9).utf8)
    // A frame with one block that is not compressed, and no checksums but its header's.
    try write(
      [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82, 45, 0, 0, 0x80] + content + [0, 0, 0, 0],
      .packings, "lz4")
    try write(
      [
        66, 90, 104, 57, 49, 65, 89, 38, 83, 89, 183, 147, 207, 185, 0, 0, 17, 129, 128, 36, 36, 16,
        0, 32, 0, 32, 165, 19, 65, 154, 12, 141, 143, 71, 71, 71, 197, 220, 145, 78, 20, 36, 45,
        228, 243, 238, 64,
      ], .packings, "bzip2")
    // A frame of one segment with one block that is not compressed.
    try write([0x28, 0xB5, 0x2F, 0xFD, 0x20, 45, 0x69, 1, 0] + content, .packings, "zstd")
  }

  private func writeScans() throws {
    for encoding in ScanEncoding.allCases {
      try ScanFile.write(scan, to: path(.pcd, "\(encoding)"), as: .pcd, encoding: encoding)
    }
    for encoding in [ScanEncoding.ascii, .binary] {
      try ScanFile.write(scan, to: path(.ply, "\(encoding)"), as: .ply, encoding: encoding)
    }
    try ScanFile.write(scan, to: path(.las, "points"), as: .las)
    try ScanFile.write(scan, to: path(.npy, "points"), as: .squeezeSegNpy)
    for (name, shape) in [("image", [2, 2, 6]), ("images", [2, 1, 2, 6]), ("array", [2, 3])] {
      let values = (0..<shape.reduce(1, *)).map { Float($0 % 4) }
      try write(NumpyArray.bytes(shape: shape, values: values), .npy, name)
    }
    for format in ScanFormat.allCases {
      try ScanFile.write(scan, to: path(.scans, format.rawValue), as: format)
    }
    try LabelFile.write(scan.labels ?? [], to: path(.scans, "label"))
  }

  private func writeWeights() throws {
    let tensors: [String: Tensor<Float>] = ["a": Tensor([2, 3]), "b": Tensor([1], [7])]
    try write(
      SafetensorsFile(metadata: ["for": "fuzzing"], tensors: tensors).bytes(), .safetensors,
      "weights")
    try write(ModelFile.bytes(of: model()), .safetensors, "model")
    var archive = SmallArchive()
    archive.add("stored.npy", SmallArchive.array([2, 3], [1, 2, 3, 4, 5, -6.5]))
    archive.add("packed.npy", SmallArchive.array([40], (0..<40).map(Float.init)), deflated: true)
    try write(archive.file, .npz, "archive")
  }

  /// Eight points with everything that a point can have.
  private var scan: Scan {
    let column = (0..<8).map { Float($0) * 1.5 - 3 }
    let cloud = PointCloud(
      x: column, y: column, z: column, intensity: column, ring: Array(0..<8), time: column,
      returnIndex: [0, 1, 0, 1, 0, 1, 0, 1],
      extraFields: ExtraField.Storage.allCases.map { storage in
        ExtraField(name: "\(storage)", values: (0..<8).map(Double.init), storage: storage)
      })
    return Scan(
      cloud: cloud, labels: (0..<8).map { PointLabel(semantic: 10 + $0, instance: $0) })
  }

  private func model() throws -> Model {
    var graph = Graph()
    let shape: TensorShape = [1, 2, 4, 1]
    let features = try graph.input("features", TensorType(shape))
    let kernels = try graph.parameter("kernels", [1, 1, 1, 2])
    let biases = try graph.parameter("biases", [2])
    let scores = try graph.apply(
      .convolution(Convolution(kernel: .one, stride: .one)), to: [features, kernels, biases],
      name: "convolution")
    try graph.output("scores", scores)
    let red = LabelColor(red: 255, green: 0, blue: 0)
    let labels = try LabelMap(
      name: "two",
      classes: [
        LabelClass(name: "background", read: .rest, write: 99, color: red),
        LabelClass(name: "car", read: .ids([10]), write: 10, color: red),
      ], ignored: [0])
    let description = ModelDescription(
      name: "small", graph: graph,
      input: InputDescription(
        channels: [.range], mean: [0], deviation: [1], normalizesEmptyCells: true),
      geometry: ImageGeometry(rows: 2, columns: 4, left: 45, right: -45, rowRule: .elevation),
      labelMap: labels,
      card: ModelCard(summary: "For fuzzing.", training: "none", figures: [:], license: "none"))
    return try Model(
      description, parameters: ["kernels": Tensor([1, 1, 1, 2]), "biases": Tensor([2])])
  }
}
