package import Foundation
package import Tensors

/// The safetensors container: a length, a JSON table of contents, and the tensors' bytes.
///
/// Layout: header length (8 bytes, little endian), header (JSON: name to `dtype`, `shape`,
/// `data_offsets`, and `__metadata__`, a map of strings), data. Only `F32` tensors are used here.
package struct SafetensorsFile {
  /// Strings that travel with the tensors.
  package var metadata: [String: String]
  /// The tensors by name.
  package var tensors: [String: Tensor<Float>]

  package init(metadata: [String: String] = [:], tensors: [String: Tensor<Float>]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  private static let metadataKey = "__metadata__"
  private static let remedy = "write the file again; this copy is incomplete or altered"

  fileprivate struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var offsets: [Int]

    private enum CodingKeys: String, CodingKey {
      case dtype
      case shape
      case offsets = "data_offsets"
    }
  }

  /// Parses a whole file.
  ///
  /// - Throws: `.damaged` with the offset where the content contradicts the format.
  package init(_ bytes: Data, path: String) throws(ExchangeError) {
    func damaged(_ message: String, at offset: Int) -> ExchangeError {
      ExchangeError(.damaged, message, remedy: Self.remedy, path: path, offset: offset)
    }
    guard bytes.count >= 8 else {
      throw damaged("\(bytes.count) bytes cannot hold a header length", at: 0)
    }
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard bytes.count == 8 || bytes[bytes.startIndex + 8] == UInt8(ascii: "{") else {
      throw ExchangeError(
        .damaged, "this is no safetensors file: its header begins with another byte than {",
        remedy: "name a .safetensors file, as lidarseg and others write them", path: path, offset: 8
      )
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw damaged("a header of \(length) bytes in a file of \(bytes.count)", at: 0)
    }
    let dataStart = 8 + Int(length)
    let header = bytes.dropFirst(8).prefix(Int(length))
    guard let table = try? JSONDecoder().decode([String: HeaderValue].self, from: header) else {
      throw damaged("the header is not a safetensors table", at: 8)
    }
    metadata = [:]
    tensors = [:]
    var parts: [Range<Int>] = []
    for (name, value) in table {
      switch value {
      case .strings(let strings):
        guard name == Self.metadataKey else { throw damaged("\(name) is not a tensor", at: 8) }
        metadata = strings
      case .entry(let entry):
        guard let tensor = entry.tensor(in: bytes.dropFirst(dataStart)) else {
          throw damaged(
            "the tensor \(name) (\(entry.dtype), \(entry.shape), bytes \(entry.offsets))"
              + " does not fit \(bytes.count - dataStart) bytes of data", at: dataStart)
        }
        tensors[name] = tensor
        parts.append(entry.offsets[0]..<entry.offsets[1])
      }
    }
    // The format allows neither holes nor shared bytes: where there are any, something was altered.
    var end = 0
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard part.lowerBound == end else {
        throw damaged("a tensor's bytes do not follow the one before it", at: dataStart + end)
      }
      end = part.upperBound
    }
    guard dataStart + end == bytes.count else {
      throw damaged(
        "\(bytes.count - dataStart - end) bytes belong to no tensor", at: dataStart + end)
    }
  }

  /// The file's bytes; tensors lie in the order of their names, the data at a multiple of 64.
  package func bytes() throws -> Data {
    var table: [String: HeaderValue] =
      metadata.isEmpty ? [:] : [Self.metadataKey: .strings(metadata)]
    var data = Data()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = data.count
      tensor.withUnsafeElements { data.append(Data(buffer: $0)) }
      table[name] = .entry(
        Entry(dtype: "F32", shape: tensor.shape.extents, offsets: [start, data.count]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = try encoder.encode(table)
    header.append(Data(repeating: 0x20, count: (64 - (header.count + 8) % 64) % 64))
    let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
    return length + header + data
  }

  private enum HeaderValue: Codable {
    case entry(Entry)
    case strings([String: String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let entry = try? container.decode(Entry.self) {
        self = .entry(entry)
      } else {
        self = .strings(try container.decode([String: String].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .entry(let entry): try container.encode(entry)
      case .strings(let strings): try container.encode(strings)
      }
    }
  }
}

extension SafetensorsFile.Entry {
  /// The tensor, or nothing if type, shape and byte range contradict each other or the data.
  fileprivate func tensor(in data: Data) -> Tensor<Float>? {
    guard
      dtype == "F32", offsets.count == 2, shape.allSatisfy({ $0 > 0 }),
      let count = shape.checkedProduct, count <= data.count / 4,
      offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= data.count,
      offsets[1] - offsets[0] == count * 4
    else { return nil }
    let start = data.startIndex + offsets[0]
    let part = data[start..<(start + count * 4)]
    var tensor = Tensor<Float>(TensorShape(shape))
    tensor.withUnsafeMutableElements { elements in
      _ = part.copyBytes(to: UnsafeMutableRawBufferPointer(elements))
    }
    return tensor
  }
}

extension [Int] {
  /// The product of all elements, or nothing where it overflows.
  fileprivate var checkedProduct: Int? {
    var product = 1
    for extent in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
