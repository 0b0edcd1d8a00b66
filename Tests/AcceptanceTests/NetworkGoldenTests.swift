import Exchange
import Foundation
import Graphs
import Kernels
import Tensors
import Testing

/// The networks against the original's logits, activations and labels.
struct NetworkGoldenTests {
  /// Logits agree within this before the random field.
  static let logitTolerance: Float = 5e-4
  /// Scores agree within this behind it.
  static let fieldTolerance: Float = 5e-5

  /// Activations agree within this share of the layer's largest value: the rounding of 32-bit
  /// floats through some thirty layers.
  static let activationTolerance: Float = 5e-5

  /// The node that holds a golden activation; an excitation's is the one before its sigmoid.
  private static func node(_ golden: String) -> String {
    golden.hasSuffix("/excitation") ? "\(golden)/convolution" : golden
  }

  private func scans(clean: String) throws -> Tensor<Float> {
    try NPZArchive(path: SharedFolder.path("golden/clean/scans.npz")).float32(clean)
  }

  private func realScans() throws -> Tensor<Float> {
    try NPZArchive(path: SharedFolder.path("golden/samples.npz")).float32("lidar")
  }

  @Test(arguments: GoldenNetwork.seeded, Backend.available)
  func everyActivationOfTheSmallCleanScansIsTheOriginals(
    _ network: GoldenNetwork, backend: Backend
  ) throws {
    let golden = try network.expected(clean: true)
    let prefix = "8x64/act/"
    let nodes = golden.names.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
      .filter { !["logits_pre_crf", "logits", "prob"].contains($0) }
    #expect(nodes.count > 45)
    let found = try network.run(
      try scans(clean: "lidar_8x64"), nodes: nodes.map(Self.node) + ["recurrent_crf"],
      backend: backend)
    for node in nodes {
      // Both scans ran as one batch; the golden has the first.
      let expected = ChannelsFirst(try golden.float32(prefix + node))
      let scale = max(1, expected.elements.map(abs).max() ?? 1)
      let first = try #require(found[Self.node(node)]).image(0)
      #expect(expected.largestDifference(to: first) / scale < Self.activationTolerance, "\(node)")
    }
    for scan in 0..<2 {
      let logits = ChannelsFirst(try golden.float32("8x64/logits_pre_crf"))
      let refined = ChannelsFirst(try golden.float32("8x64/logits"))
      let pre = logits.largestDifference(to: try #require(found["conv14_prob"]), image: scan)
      let post = refined.largestDifference(to: try #require(found["recurrent_crf"]), image: scan)
      #expect(pre < Self.logitTolerance)
      #expect(post < Self.fieldTolerance)
    }
  }

  @Test(arguments: GoldenNetwork.seeded)
  func logitsAndLabelsOfTheCleanScansAreTheOriginals(_ network: GoldenNetwork) throws {
    let golden = try network.expected(clean: true)
    let scans = try scans(clean: "lidar_64x512")
    let found = try network.run(scans, nodes: ["conv14_prob", "recurrent_crf"])
    let (pre, post) = try differences(
      found, golden, logits: "64x512/logits_pre_crf", refined: "64x512/logits", kept: [0])
    print("\(network.name), clean: before the field \(pre), behind it \(post)")
    #expect(pre < Self.logitTolerance)
    #expect(post < Self.fieldTolerance)
    let labels = Labels(try #require(found["recurrent_crf"]), masks: GoldenNetwork.masks(scans))
    let expected = try golden.uint8("64x512/pred")
    #expect(labels.mismatches(expected).allSatisfy { labels.margin[$0] < 1e-4 })
  }

  @Test(arguments: GoldenNetwork.all)
  func logitsAndLabelsOfTheRealScansAreTheOriginals(_ network: GoldenNetwork) throws {
    let golden = try network.expected(clean: false)
    let scans = try realScans()
    let found = try network.run(scans, nodes: ["conv14_prob", "recurrent_crf"])
    let kept = try golden.int32("kept_samples").map(Int.init)
    let (pre, post) = try differences(
      found, golden, logits: "logits_pre_crf", refined: "logits", kept: kept)
    let masks = GoldenNetwork.masks(scans)
    var disagreeing = 0
    for (node, name) in [("recurrent_crf", "pred_crf"), ("conv14_prob", "pred_nocrf")] {
      let labels = Labels(try #require(found[node]), masks: masks)
      let wrong = labels.mismatches(try golden.uint8(name))
      #expect(wrong.allSatisfy { labels.margin[$0] < 1e-3 }, "\(name)")
      disagreeing += wrong.count
    }
    print(
      "\(network.name), real: before the field \(pre), behind it \(post),"
        + " \(disagreeing) of \(2 * masks.count) labels differ")
    #expect(pre < Self.logitTolerance)
    #expect(post < Self.fieldTolerance)
    #expect(disagreeing <= 2 * (try IoUSummary.read().nearTies(of: network.name)))
  }

  @Test(arguments: GoldenNetwork.all)
  func activationsOfARealScanAreTheOriginals(_ network: GoldenNetwork) throws {
    let golden = try network.expected(clean: false)
    let slices = golden.names.filter { $0.contains("/slice_c0_15_r24_31_x") }
    #expect(slices.count >= 12)
    let nodes = slices.map { $0.split(separator: "/")[1] }.map(String.init)
    let scan = try realScans()
    let first = scan.image(0)
    let found = try network.run(first, nodes: nodes)
    for (node, slice) in zip(nodes, slices) {
      let image = try #require(found[node])
      let largest = try golden.float64("act/\(node)/absmax").elements
      let statistics = ChannelStatistics(image)
      for channel in largest.indices {
        #expect(
          abs(statistics.largest[channel] - largest[channel]) < 2e-3 * max(1, largest[channel]))
      }
      let column = try #require(
        Int(slice.split(separator: "x").last?.split(separator: "_").first ?? ""))
      let expected = try golden.float64(slice)
      let scale = max(1, largest.max() ?? 1)
      for (position, value) in expected.elements.enumerated() {
        let (channel, row, offset) = (position / 96, position / 12 % 8, position % 12)
        let index =
          ((24 + row) * image.shape[2] + column + offset) * image.shape.channels + channel
        #expect(abs(Double(image[index]) - value) / scale < 1e-4, "\(node)")
      }
    }
  }

  @Test(arguments: GoldenNetwork.all, [1, 2, 3])
  func everyIterationOfTheFieldIsTheOriginals(_ network: GoldenNetwork, count: Int) throws {
    let golden = try network.expected(clean: false).float32("crf_iter\(count)_sample0")
    let scan = try realScans()
    let first = scan.image(0)
    let found = try #require(
      try network.run(first, nodes: ["recurrent_crf"], iterations: count)["recurrent_crf"])
    let elements = golden.elements
    var worst: Float = 0
    for position in elements.indices {
      let (channel, row, column) = (position / 2048, position / 128 % 16, position % 128)
      let index = ((row * 4) * 512 + column * 4) * 4 + channel
      worst = max(worst, abs(found[index] - elements[position]))
    }
    #expect(worst < Self.fieldTolerance)
  }

  @Test(arguments: GoldenNetwork.all)
  func theIoUOfTheRealScansIsTheOriginals(_ network: GoldenNetwork) throws {
    let truth = try NPZArchive(path: SharedFolder.path("golden/samples.npz")).uint8("label")
    let scans = try realScans()
    let found = try network.run(scans, nodes: ["conv14_prob", "recurrent_crf"])
    let summary = try IoUSummary.read()
    for (node, key) in [("recurrent_crf", "overall_iou_crf"), ("conv14_prob", "overall_iou_nocrf")]
    {
      let labels = Labels(try #require(found[node]), masks: GoldenNetwork.masks(scans))
      let expected = try summary.overall(network.name, key)
      for (found, expected) in zip(labels.iou(truth), expected) {
        #expect(abs(found - expected) < 2e-4)
      }
    }
  }

  private func differences(
    _ found: [String: Tensor<Float>], _ golden: NPZArchive, logits: String, refined: String,
    kept: [Int]
  ) throws -> (pre: Float, post: Float) {
    func worst(_ node: String, _ name: String) throws -> Float {
      let image = try #require(found[node])
      let expected = try golden.float32(name)
      var result: Float = 0
      for (position, scan) in kept.enumerated() {
        let one = image.image(scan)
        let part = ChannelsFirst(expected.image(position))
        result = max(result, part.largestDifference(to: one))
      }
      return result
    }
    return (try worst("conv14_prob", logits), try worst("recurrent_crf", refined))
  }
}

/// The best class of every cell, 0 where the cell is empty, as SqueezeSeg's authors label.
private struct Labels {
  var classes: [UInt8] = []
  /// How far the best score is ahead of the second.
  var margin: [Float] = []

  init(_ scores: Tensor<Float>, masks: [Bool]) {
    let elements = scores.elements
    let channels = scores.shape.channels
    for cell in masks.indices {
      let pixel = Array(elements[(cell * channels)..<((cell + 1) * channels)])
      let sorted = pixel.sorted(by: >)
      let best = pixel.firstIndex(of: sorted[0]) ?? 0
      classes.append(masks[cell] ? UInt8(best) : 0)
      margin.append(sorted[0] - sorted[1])
    }
  }

  func mismatches(_ expected: [UInt8]) -> [Int] {
    classes.indices.filter { classes[$0] != expected[$0] }
  }

  func iou(_ truth: [UInt8]) -> [Double] {
    (UInt8(0)..<4).map { item in
      var (both, either) = (0, 0)
      for (found, expected) in zip(classes, truth) {
        both += found == item && expected == item ? 1 : 0
        either += found == item || expected == item ? 1 : 0
      }
      return either == 0 ? 0 : Double(both) / Double(either)
    }
  }
}

private struct ChannelStatistics {
  var largest: [Double]

  init(_ image: Tensor<Float>) {
    largest = Array(repeating: 0, count: image.shape.channels)
    for (position, value) in image.elements.enumerated() {
      let channel = position % image.shape.channels
      largest[channel] = max(largest[channel], abs(Double(value)))
    }
  }
}

/// What the goldens say of near ties and of the intersections over union.
private struct IoUSummary {
  private let table: [String: Any]

  static func read() throws -> IoUSummary {
    let path = try SharedFolder.path("golden/iou_summary.json")
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: path)))
    return IoUSummary(table: try #require(object as? [String: Any]))
  }

  func nearTies(of network: String) throws -> Int {
    let entry = try #require(table[network] as? [String: Any])
    let samples = try #require(entry["per_sample"] as? [String: [String: Any]])
    return samples.values.reduce(0) { $0 + ($1["margin<1e-4"] as? Int ?? 0) }
  }

  func overall(_ network: String, _ key: String) throws -> [Double] {
    let entry = try #require(table[network] as? [String: Any])
    return try #require(entry[key] as? [Double])
  }
}
