/// Has the reader of sensor tables read any bytes, and has what it reads written and read again; a
/// crash matters, and that what is written is what was read.
package func fuzzSensorTable(_ bytes: [UInt8]) {
  do throws(SensorsError) {
    let table = try SensorTable(yaml: String(decoding: bytes, as: UTF8.self), path: "bytes")
    let again = try SensorTable(yaml: table.yaml, path: "written")
    precondition(again == table, "what was written is not what was read")
  } catch {
    precondition(error.path == "bytes", "what was written is not read: \(error.message)")
  }
}
