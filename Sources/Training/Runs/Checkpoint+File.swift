import CZlib
import Exchange
package import Foundation
import Tensors

extension Checkpoint {
  private static let stateKey = "lidarseg.checkpoint"
  private static let checksumsKey = "lidarseg.checksums"
  private static let remedy = "delete this file: resuming then goes on from the one before it"

  /// Reads a checkpoint file and verifies every byte that matters.
  ///
  /// - Throws: `.unreadable`; `.damaged` with the offset, and the tensor where it is one.
  package init(path: String) throws(TrainingError) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TrainingError(
        .unreadable, "the checkpoint cannot be read", remedy: "check the path and its permissions",
        path: path)
    }
    try self.init(bytes, path: path)
  }

  /// Reads a checkpoint from memory; `path` names it in errors.
  ///
  /// - Throws: `.damaged` with the offset, and the tensor where it is one.
  package init(_ bytes: Data, path: String) throws(TrainingError) {
    func damaged(_ message: String, at offset: Int) -> TrainingError {
      TrainingError(.damaged, message, remedy: Self.remedy, path: path, offset: offset)
    }
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(bytes, path: path)
    } catch {
      throw damaged(error.message, at: error.offset ?? 0)
    }
    guard let text = file.metadata[Self.stateKey], let sums = file.metadata[Self.checksumsKey]
    else { throw damaged("the file holds tensors but no state of a training run", at: 8) }
    let decoder = JSONDecoder()
    guard let state = try? decoder.decode(CheckpointState.self, from: Data(text.utf8)),
      let checksums = try? decoder.decode(Checksums.self, from: Data(sums.utf8))
    else { throw damaged("the state of the run or its checksums cannot be decoded", at: 8) }
    guard checksums.contents == Checksums.contents(of: file.tensors, state: text) else {
      throw damaged("the checksum of the state and of the table of tensors is wrong", at: 8)
    }
    // Tensors lie in the order of their names, behind the header whose length comes first.
    var offset = 8 + bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    for (name, tensor) in file.tensors.sorted(by: { $0.key < $1.key }) {
      guard checksums.tensors[name] == Checksums.crc32(of: tensor) else {
        throw damaged("the checksum of the tensor \(name) is wrong", at: offset)
      }
      offset += tensor.type.byteCount
    }
    self.init(state: state, tensors: file.tensors)
  }

  /// The checkpoint as a file: safetensors, with the state and CRC-32 checksums in its metadata;
  /// equal for equal checkpoints.
  package func bytes() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(state), as: UTF8.self)
    let sums = Checksums(
      contents: Checksums.contents(of: tensors, state: text),
      tensors: tensors.mapValues(Checksums.crc32(of:)))
    let metadata = [
      Self.stateKey: text,
      Self.checksumsKey: String(decoding: try encoder.encode(sums), as: UTF8.self),
    ]
    return try SafetensorsFile(metadata: metadata, tensors: tensors).bytes()
  }
}

/// CRC-32 checksums, as zlib computes them.
private struct Checksums: Codable {
  /// Of the state's text, and of names and shapes in the order of the names.
  var contents: UInt32
  /// Of each tensor's bytes.
  var tensors: [String: UInt32]

  static func contents(of tensors: [String: Tensor<Float>], state: String) -> UInt32 {
    let lines = tensors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.shape)" }
    let text = ([state] + lines).joined(separator: "\n")
    return Array(text.utf8).withUnsafeBytes(crc32(of:))
  }

  static func crc32(of tensor: Tensor<Float>) -> UInt32 {
    tensor.withUnsafeElements { crc32(of: UnsafeRawBufferPointer($0)) }
  }

  private static func crc32(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
