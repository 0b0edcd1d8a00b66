import Foundation
import PointCloudIO
package import Tensors

/// The named arrays of a `.npz` file (`numpy.savez`, `numpy.savez_compressed`).
package struct NPZArchive {
  private let archive: ZIPArchive
  private let path: String
  private static let suffix = ".npy"

  /// Opens a file and reads its directory.
  ///
  /// - Throws: `.unreadable`, `.damaged`.
  package init(path: String) throws(ExchangeError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ExchangeError(
        .unreadable, "the archive cannot be read", remedy: "check the path and its permissions",
        path: path)
    }
    try self.init(bytes, path: path)
  }

  /// Reads the directory of an archive in memory; `path` names it in errors.
  ///
  /// - Throws: `.damaged`.
  init(_ bytes: Data, path: String) throws(ExchangeError) {
    archive = try ZIPArchive(bytes, path: path)
    self.path = path
  }

  /// Names of the arrays in alphabetical order.
  package var names: [String] {
    archive.names.filter { $0.hasSuffix(Self.suffix) }.map {
      String($0.dropLast(Self.suffix.count))
    }
  }

  /// An array as 32-bit numbers; one number has the shape `[1]`.
  package func float32(_ name: String) throws -> Tensor<Float> {
    let array = try array(name)
    return Tensor(Self.shape(array), array.values.map { Float($0) })
  }

  /// An array as 64-bit numbers; one number has the shape `[1]`.
  package func float64(_ name: String) throws -> Tensor<Double> {
    let array = try array(name)
    return Tensor(Self.shape(array), array.values)
  }

  /// The elements of an array of whole numbers in row-major order.
  package func int32(_ name: String) throws -> [Int32] { try integers(name) }

  /// The elements of an array of bytes in row-major order.
  package func uint8(_ name: String) throws -> [UInt8] { try integers(name) }

  /// The extents of an array.
  package func shape(of name: String) throws -> [Int] { try array(name).shape }

  private func integers<Integer: FixedWidthInteger>(_ name: String) throws -> [Integer] {
    try array(name).values.map { value in
      guard let integer = Integer(exactly: value) else {
        throw ExchangeError(
          .damaged, "\(name) holds \(value) where whole numbers of \(Integer.bitWidth) bits belong",
          remedy: "save the array with the right type", path: path)
      }
      return integer
    }
  }

  private func array(_ name: String) throws -> NumpyArray {
    guard let content = try archive.contents(of: name + Self.suffix) else {
      throw ExchangeError(
        .mismatched, "the archive has no array called \(name)",
        remedy: "it has: \(names.prefix(8).joined(separator: ", "))", path: path)
    }
    return try NumpyArray([UInt8](content), path: "\(path)(\(name))")
  }

  private static func shape(_ array: NumpyArray) -> TensorShape {
    TensorShape(array.shape.isEmpty ? [1] : array.shape)
  }
}
