import Foundation
import PointCloudIO
import Tensors
import TestSupport

/// Files that ONNX Runtime runs one after the other in one Python, which is slow to start.
struct RuntimeBatch {
  /// A file and what goes into it, in the order of the file's axes.
  struct Entry {
    var name: String
    var file: Data
    var inputs: [String: Tensor<Float>]
    var outputs: [String]
    /// Whether nothing is fused: each operator computes what its own words say.
    var isPlain = false
  }

  /// What came out of one file.
  struct Outcome: Sendable {
    var outputs: [String: Tensor<Double>] = [:]
    /// What the runtime said where it could not run the file.
    var fault: String?
  }

  private struct Line: Codable {
    var file: String
    var inputs: [String: String]
    var outputs: [String: String]
    var isPlain: Bool
  }

  private static let script = """
    import json, pathlib, sys
    import numpy, onnxruntime
    folder = pathlib.Path(sys.argv[1])
    faults = {}
    for name, line in json.loads((folder / "batch.json").read_text()).items():
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        if line["isPlain"]:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            session = onnxruntime.InferenceSession(
                str(folder / line["file"]), options, providers=["CPUExecutionProvider"])
            inputs = {key: numpy.load(folder / file) for key, file in line["inputs"].items()}
            for key, result in zip(line["outputs"], session.run(list(line["outputs"]), inputs)):
                numpy.save(folder / line["outputs"][key], numpy.ascontiguousarray(result, "<f8"))
        except Exception as error:
            faults[name] = str(error)
    (folder / "faults.json").write_text(json.dumps(faults))
    """

  /// Runs all files.
  static func run(_ entries: [Entry]) throws -> [String: Outcome] {
    let folder = try TemporaryFolder()
    var lines: [String: Line] = [:]
    for (position, entry) in entries.enumerated() {
      var line = Line(
        file: "\(position).onnx", inputs: [:], outputs: [:], isPlain: entry.isPlain)
      _ = try folder.write(entry.file, to: line.file)
      for (number, input) in entry.inputs.sorted(by: { $0.key < $1.key }).enumerated() {
        let name = "\(position)-in\(number).npy"
        line.inputs[input.key] = name
        let bytes = NumpyArray.bytes(
          shape: input.value.shape.extents, values: input.value.elements)
        _ = try folder.write(bytes, to: name)
      }
      for (number, output) in entry.outputs.enumerated() {
        line.outputs[output] = "\(position)-out\(number).npy"
      }
      lines[entry.name] = line
    }
    _ = try folder.write(JSONEncoder().encode(lines), to: "batch.json")
    try runPython(folder)
    let faults = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: folder.url.appending(path: "faults.json")))
    return try lines.mapValues { _ in Outcome() }.merging(
      lines.map { name, line in
        (name, try outcome(line, fault: faults[name], in: folder))
      }
    ) { $1 }
  }

  private static func outcome(
    _ line: Line, fault: String?, in folder: TemporaryFolder
  ) throws -> Outcome {
    guard fault == nil else { return Outcome(fault: fault) }
    return Outcome(
      outputs: try line.outputs.mapValues { name in
        let bytes = try [UInt8](Data(contentsOf: folder.url.appending(path: name)))
        let array = try NumpyArray(bytes, path: name)
        return Tensor(TensorShape(array.shape), array.values)
      })
  }

  private static func runPython(_ folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder.url.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw CocoaError(
        .executableLoad,
        userInfo: [NSLocalizedDescriptionKey: "python3 with numpy and onnxruntime is needed"])
    }
  }
}

extension Tensor {
  /// The value as a file holds it: images channels first.
  var inFileOrder: Tensor { shape.rank == 4 ? turned([0, 3, 1, 2]) : self }

  /// The axes in another order, element by element.
  private func turned(_ axes: [Int]) -> Tensor {
    let extents = axes.map { shape[$0] }
    var result = Tensor(TensorShape(extents))
    for position in 0..<count {
      var (rest, source) = (position, 0)
      for axis in axes.indices.reversed() {
        let stride = shape.extents[(axes[axis] + 1)...].reduce(1, *)
        source += rest % extents[axis] * stride
        rest /= extents[axis]
      }
      result[position] = self[source]
    }
    return result
  }
}
