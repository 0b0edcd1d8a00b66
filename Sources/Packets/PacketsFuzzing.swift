import Foundation

/// Takes any bytes through capture, datagrams and sweeps, as a packet of every model and profile, as a
/// sensor's metadata, and as its calibration.
///
/// Nothing that they hold may stop the program.
package func fuzzPackets(_ bytes: [UInt8]) {
  do throws(PacketsError) {
    try fuzzCapture(bytes)
  } catch {
    // What is wrong with the bytes does not matter, only that it is said.
  }
  guard bytes.count >= 1 else { return }
  fuzzOuster(bytes)
  _ = try? VelodyneCalibration(file: Data(bytes))
  let payload = (0..<VelodynePacket.byteCount).map { bytes[$0 % bytes.count] }
  for decoder in fuzzDecoders {
    do throws(PacketsError) {
      var assembler = VelodyneAssembler(decoder, configuration: fuzzConfiguration)
      let packet = try VelodynePacket(payload)
      _ = decoder.points(of: packet, time: Int64(packet.timestamp) * 1000)
      _ = assembler.receive(packet, captureTime: nil)
      _ = assembler.finish()
    } catch {
      continue
    }
  }
}

private func fuzzCapture(_ bytes: [UInt8]) throws(PacketsError) {
  var (reader, assembler) = (CaptureReader(), DatagramAssembler())
  var stream = SweepStream(configuration: fuzzConfiguration)
  reader.append(bytes)
  while let packet = try reader.next() {
    if let datagram = assembler.receive(packet) { _ = try stream.receive(datagram) }
  }
  assembler.finish()
  _ = try stream.finish()
  try reader.finish()
}

/// All that the program does, with any angles for the HDL-64E.
private let fuzzConfiguration: SweepConfiguration = {
  var configuration = SweepConfiguration()
  let fan = VelodyneCalibration(
    checked: (0..<64).map { .init(elevation: 2 - 0.4 * Double($0), rotationalCorrection: 5) })
  configuration.calibrations = [.hdl64ES2: fan, .hdl64ES3: fan]
  return configuration
}()

/// One of each model: making their tables takes a thousand times as long as reading a packet.
private let fuzzDecoders = VelodyneModel.allCases.compactMap { try? fuzzConfiguration.decoder($0) }
