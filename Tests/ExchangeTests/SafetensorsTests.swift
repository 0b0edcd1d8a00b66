import Exchange
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  private static let sample = SafetensorsFile(
    metadata: ["purpose": "test \"quoted\" ä"],
    tensors: [
      "b": Tensor([2, 3], [1, -2, 3.5, .infinity, -.zero, -1e-30]),
      "a/kernel": Tensor([1], [7]),
      "c": Tensor([1, 1, 2], [.greatestFiniteMagnitude, 0.1]),
    ])

  @Test func whatIsWrittenIsReadBack() throws {
    let bytes = try Self.sample.bytes()
    let read = try SafetensorsFile(bytes, path: "memory")
    #expect(read.metadata == Self.sample.metadata)
    #expect(read.tensors == Self.sample.tensors)
    #expect(try read.bytes() == bytes)
  }

  @Test func dataLiesAtAMultipleOf64() throws {
    let bytes = try Self.sample.bytes()
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect((8 + length) % 64 == 0)
    #expect(bytes.count == 8 + length + 4 * 9)
  }

  @Test func aFileCutAtAnyByteIsDamaged() throws {
    let bytes = try Self.sample.bytes()
    for count in 0..<bytes.count {
      let error = #expect(throws: ExchangeError.self) {
        try SafetensorsFile(bytes.prefix(count), path: "cut.safetensors")
      }
      #expect(error?.code == .damaged && error?.path == "cut.safetensors")
      #expect(error?.offset != nil)
    }
  }

  @Test(arguments: [UInt64(1) << 63, .max, 1 << 32, 9])
  func aHeaderLongerThanTheFileIsRefused(length: UInt64) {
    let bytes = withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data("{}".utf8)
    let error = #expect(throws: ExchangeError.self) { try SafetensorsFile(bytes, path: "f") }
    #expect(error?.code == .damaged && error?.offset == 0)
  }

  @Test func aFileOfAnotherKindIsCalledSo() {
    let error = #expect(throws: ExchangeError.self) {
      try SafetensorsFile(Data(#"{"a text": "that is no header"}"#.utf8), path: "f.json")
    }
    #expect(error?.message.contains("no safetensors file") == true && error?.path == "f.json")
  }

  private static let tables: [String: String] = [
    "overlapping":
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
    "a hole":
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
    "bytes of nobody": #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    "not from the start": #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
    "odd": #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,11]}}"#,
    "reversed": #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}"#,
    "behind the end": #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
    "negative": #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[-12,0]}}"#,
    "the least number":
      #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[1,-9223372036854775808]}}"#,
    "three offsets": #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12,12]}}"#,
    "a shape that overflows":
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,3],"data_offsets":[0,12]}}"#,
    "an empty extent": #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#,
    "a negative extent": #"{"a":{"dtype":"F32","shape":[-3,-1],"data_offsets":[0,12]}}"#,
    "half precision": #"{"a":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}"#,
    "a list": "[1, 2]", "nothing": "", "a stray map": #"{"a":{"b":"c"}}"#,
  ]

  @Test(arguments: tables)
  func aTableThatContradictsTheDataIsDamaged(_ what: String, _ header: String) {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    let bytes = length + Data(header.utf8) + Data(repeating: 1, count: 12)
    let error = #expect(throws: ExchangeError.self, "\(what)") {
      try SafetensorsFile(bytes, path: "f")
    }
    #expect(error?.code == .damaged)
  }

  @Test func flippedBitsNeverEndTheProgram() throws {
    let bytes = try Self.sample.bytes()
    var random = SeededNumbers(seed: 8)
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      do {
        let read = try SafetensorsFile(damaged, path: "f")
        #expect(read.tensors.values.reduce(0) { $0 + $1.count } <= 9)
      } catch {
        #expect(error.code == .damaged)
      }
    }
  }
}
