import Foundation

/// Has the readers of weights and of models read any bytes, and weights written again; a crash
/// matters, and that what is written is what was read.
package func fuzzSafetensors(_ bytes: [UInt8]) {
  let bytes = Data(bytes)
  do {
    let file = try SafetensorsFile(bytes, path: "bytes")
    let written = try file.bytes()
    let again = try SafetensorsFile(written, path: "written")
    precondition(
      again.metadata == file.metadata && again.tensors.keys == file.tensors.keys,
      "\(again.tensors.count) of \(file.tensors.count) tensors are read back")
    _ = try ModelFile.read(bytes, path: "bytes")
  } catch {
    precondition((error as? ExchangeError)?.path == "bytes", "what was written is not read")
  }
}

/// Has the reader of NumPy archives read any bytes; the outcome does not matter, a crash does.
package func fuzzNPZ(_ bytes: [UInt8]) {
  do {
    let archive = try NPZArchive(Data(bytes), path: "bytes")
    for name in archive.names.prefix(8) {
      _ = try? archive.float32(name)
      _ = try? archive.uint8(name)
    }
  } catch {
    // An error is as good an outcome as arrays.
  }
}
